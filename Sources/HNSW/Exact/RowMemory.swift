// SPDX-License-Identifier: Apache-2.0

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// Uninitialised memory, on huge pages where it is large: a scan then crosses 512 times fewer page boundaries, at which
/// the processor's own fetching ahead stops.
///
/// Sendable because ``RowBuffer`` writes to it only while nobody else has it.
final class RowMemory: @unchecked Sendable {
  let base: UnsafeMutableRawPointer
  let byteCount: Int

  private static let hugePage = 2 << 20
  /// Memory of this size and more is put on huge pages.
  private static let hugeThreshold = 8 << 20

  init(byteCount: Int) {
    let isLarge = byteCount >= Self.hugeThreshold
    self.byteCount = byteCount
    base = .allocate(byteCount: byteCount, alignment: isLarge ? Self.hugePage : 64)
    #if !canImport(Darwin)
      if isLarge { madvise(base, byteCount & ~(Self.hugePage - 1), 14 /* MADV_HUGEPAGE */) }
    #endif
  }

  deinit { base.deallocate() }
}
