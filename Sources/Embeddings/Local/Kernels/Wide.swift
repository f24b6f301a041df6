// SPDX-License-Identifier: Apache-2.0

import Builtin

/// The vector of everything that is done number by number: sixteen lanes, half of a panel's row.
typealias Wide = SIMD16<Float>

extension SIMD16 where Scalar == Float {
  /// `a · b + c`.
  @inline(__always)
  static func fused(_ a: Wide, _ b: Wide, _ c: Wide) -> Wide { Wide.multiplyAdd(a, b, c) }

  /// `a · b + c` for a number `c`.
  @inline(__always)
  static func fused(_ a: Wide, _ b: Wide, _ c: Float) -> Wide { Wide.multiplyAdd(a, b, Wide(repeating: c)) }

  /// The larger of each pair of lanes.
  @inline(__always)
  static func larger(_ a: Wide, _ b: Wide) -> Wide {
    var result = Wide()
    result._storage._value = Builtin.int_maxnum_Vec16xFPIEEE32(a._storage._value, b._storage._value)
    return result
  }

  /// The smaller of each pair of lanes.
  @inline(__always)
  static func smaller(_ a: Wide, _ b: Wide) -> Wide {
    var result = Wide()
    result._storage._value = Builtin.int_minnum_Vec16xFPIEEE32(a._storage._value, b._storage._value)
    return result
  }

  /// The lanes within −limit…limit.
  @inline(__always)
  func clamped(to limit: Float) -> Wide {
    Wide.smaller(Wide.larger(self, Wide(repeating: -limit)), Wide(repeating: limit))
  }

  /// The bits of the lanes.
  @inline(__always)
  var bits: SIMD16<UInt32> { unsafeBitCast(self, to: SIMD16<UInt32>.self) }

  /// The vector of these bits.
  @inline(__always)
  init(bits: SIMD16<UInt32>) { self = unsafeBitCast(bits, to: Wide.self) }
}

/// Asks for the cache lines of `count` numbers from `address` on; never faults.
@inline(__always)
func prefetch(_ address: UnsafePointer<Float>, count: Int) {
  var offset = 0
  while offset < count {
    Builtin.int_prefetch_RawPointer(
      UnsafeRawPointer(address + offset)._rawValue, Int32(0)._value, Int32(2)._value, Int32(1)._value)
    offset &+= 16
  }
}
