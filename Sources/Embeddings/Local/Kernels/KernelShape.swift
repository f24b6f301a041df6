// SPDX-License-Identifier: Apache-2.0

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// Which tile products are made with.
///
/// The best depends on the registers that the package was compiled for, and Swift has no way to ask for them. So each
/// shape is timed once, for less than a millisecond in all. They give equal results, bit for bit.
enum KernelShape: CaseIterable, Sendable {
  case tile2x16
  case tile4x8
  case tile6x16
  case tile12x32

  /// The fastest one in this build on this processor.
  static let fastest: KernelShape = {
    let depth = 192
    let a = FloatBuffer(count: depth * Block.rows)
    let b = FloatBuffer(count: depth * Block.columns)
    let c = FloatBuffer(count: Block.rows * Block.columns)
    var best = (shape: KernelShape.tile4x8, time: UInt64.max)
    // In turns, so that an interruption does not decide.
    for _ in 0..<8 {
      for shape in allCases {
        let start = clock()
        for _ in 0..<4 {
          shape.multiply(a: a.base, aStride: Block.rows, b: b.base, depth: depth, c: c.base, start: nil)
        }
        let time = clock() &- start
        if time < best.time { best = (shape, time) }
      }
    }
    return best.shape
  }()

  /// One block of a product, see ``Block/multiply(_:a:aStride:b:depth:c:start:)``.
  @inline(__always)
  func multiply(
    a: UnsafePointer<Float>, aStride: Int, b: UnsafePointer<Float>, depth: Int, c: UnsafeMutablePointer<Float>,
    start: UnsafePointer<Float>?
  ) {
    switch self {
    case .tile2x16: Self.block2x16(a, aStride, b, depth, c, start)
    case .tile4x8: Self.block4x8(a, aStride, b, depth, c, start)
    case .tile6x16: Self.block6x16(a, aStride, b, depth, c, start)
    case .tile12x32: Self.block12x32(a, aStride, b, depth, c, start)
    }
  }

  @inline(never)
  private static func block2x16(
    _ a: UnsafePointer<Float>, _ aStride: Int, _ b: UnsafePointer<Float>, _ depth: Int,
    _ c: UnsafeMutablePointer<Float>, _ start: UnsafePointer<Float>?
  ) {
    Block.multiply(Tile2x16.self, a: a, aStride: aStride, b: b, depth: depth, c: c, start: start)
  }

  @inline(never)
  private static func block4x8(
    _ a: UnsafePointer<Float>, _ aStride: Int, _ b: UnsafePointer<Float>, _ depth: Int,
    _ c: UnsafeMutablePointer<Float>, _ start: UnsafePointer<Float>?
  ) {
    Block.multiply(Tile4x8.self, a: a, aStride: aStride, b: b, depth: depth, c: c, start: start)
  }

  @inline(never)
  private static func block6x16(
    _ a: UnsafePointer<Float>, _ aStride: Int, _ b: UnsafePointer<Float>, _ depth: Int,
    _ c: UnsafeMutablePointer<Float>, _ start: UnsafePointer<Float>?
  ) {
    Block.multiply(Tile6x16.self, a: a, aStride: aStride, b: b, depth: depth, c: c, start: start)
  }

  @inline(never)
  private static func block12x32(
    _ a: UnsafePointer<Float>, _ aStride: Int, _ b: UnsafePointer<Float>, _ depth: Int,
    _ c: UnsafeMutablePointer<Float>, _ start: UnsafePointer<Float>?
  ) {
    Block.multiply(Tile12x32.self, a: a, aStride: aStride, b: b, depth: depth, c: c, start: start)
  }

  private static func clock() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
  }
}
