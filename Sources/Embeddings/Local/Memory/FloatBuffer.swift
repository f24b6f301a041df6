// SPDX-License-Identifier: Apache-2.0

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// Float32 numbers in memory of their own, zeros at first, on whole cache lines.
///
/// Sendable because its address never changes; who may touch which numbers when is the owner's business.
final class FloatBuffer: @unchecked Sendable {
  let base: UnsafeMutablePointer<Float>
  let count: Int

  /// Large buffers ask for huge pages: fewer faults while they are filled, fewer address translations afterwards.
  private static let hugePage = 2 << 20

  /// A buffer of `count` zeros.
  init(count: Int) {
    self.count = count
    let bytes = max(count, 1) * MemoryLayout<Float>.stride
    let alignment = bytes >= 2 * Self.hugePage ? Self.hugePage : 64
    let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: alignment)
    #if !canImport(Darwin)
      if alignment == Self.hugePage { madvise(memory, bytes, 14 /* MADV_HUGEPAGE */) }
    #endif
    base = memory.bindMemory(to: Float.self, capacity: max(count, 1))
    base.initialize(repeating: 0, count: max(count, 1))
  }

  deinit { base.deallocate() }
}
