// SPDX-License-Identifier: Apache-2.0

/// Sums over rows of 8-bit codes.
///
/// A row holds unsigned bytes c = 1…255 that stand for c − 128; a query holds 16-bit weights w. The kernels add w · c
/// exactly in 32 bits; the caller takes off 128 · Σw once. Rows are padded with 128 (zero) and queries with 0.
enum CodeKernels {
  /// Rows are padded to a multiple of this many bytes.
  static let lane = 32

  @inline(__always)
  static func padded(_ dimension: Int) -> Int { (dimension &+ (lane &- 1)) & ~(lane &- 1) }

  @inline(__always)
  private static func weights(_ q: UnsafePointer<Int16>, _ index: Int) -> SIMD16<Int16> {
    UnsafeRawPointer(q + index).loadUnaligned(as: SIMD16<Int16>.self)
  }

  /// Σ wᵢcᵢ. The caller keeps |Σ| below 2³¹.
  static func dot(_ q: UnsafePointer<Int16>, _ row: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    var even = SIMD8<Int32>()
    var odd = SIMD8<Int32>()
    var index = 0
    while index < count {
      even &+= multiplyAddPairs(weights(q, index), widen16(row + index))
      odd &+= multiplyAddPairs(weights(q, index &+ 16), widen16(row + (index &+ 16)))
      index &+= 32
    }
    return (even &+ odd).laneSum
  }

  /// Σ wᵢcᵢ over four rows at once.
  static func dot4(_ q: UnsafePointer<Int16>, _ rows: FourRows<UInt8>, _ count: Int) -> SIMD4<Int32> {
    var s0 = SIMD8<Int32>()
    var s1 = SIMD8<Int32>()
    var s2 = SIMD8<Int32>()
    var s3 = SIMD8<Int32>()
    var t0 = SIMD8<Int32>()
    var t1 = SIMD8<Int32>()
    var t2 = SIMD8<Int32>()
    var t3 = SIMD8<Int32>()
    var index = 0
    while index < count {
      let first = weights(q, index)
      s0 &+= multiplyAddPairs(first, widen16(rows.r0 + index))
      s1 &+= multiplyAddPairs(first, widen16(rows.r1 + index))
      s2 &+= multiplyAddPairs(first, widen16(rows.r2 + index))
      s3 &+= multiplyAddPairs(first, widen16(rows.r3 + index))
      let second = weights(q, index &+ 16)
      t0 &+= multiplyAddPairs(second, widen16(rows.r0 + (index &+ 16)))
      t1 &+= multiplyAddPairs(second, widen16(rows.r1 + (index &+ 16)))
      t2 &+= multiplyAddPairs(second, widen16(rows.r2 + (index &+ 16)))
      t3 &+= multiplyAddPairs(second, widen16(rows.r3 + (index &+ 16)))
      index &+= 32
    }
    s0 &+= t0
    s1 &+= t1
    s2 &+= t2
    s3 &+= t3
    return SIMD4(s0.laneSum, s1.laneSum, s2.laneSum, s3.laneSum)
  }

  /// Σ |qᵢ − s · (cᵢ − 128)| for a row of scale s.
  static func l1(
    _ q: UnsafePointer<Float>, _ row: UnsafePointer<UInt8>, scale: Float, _ count: Int
  ) -> Float {
    let factor = SIMD8<Float>(repeating: scale)
    let zero = SIMD8<Float>(repeating: -128 * scale)
    var low = SIMD8<Float>()
    var high = SIMD8<Float>()
    var index = 0
    while index < count {
      let codes = floats16(row + index)
      let q0 = UnsafeRawPointer(q + index).loadUnaligned(as: SIMD8<Float>.self)
      let q1 = UnsafeRawPointer(q + (index &+ 8)).loadUnaligned(as: SIMD8<Float>.self)
      low += magnitudes(q0 - multiplyAdd(codes.low, factor, zero))
      high += magnitudes(q1 - multiplyAdd(codes.high, factor, zero))
      index &+= 16
    }
    return (low + high).laneSum
  }
}
