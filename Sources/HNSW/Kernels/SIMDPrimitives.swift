// SPDX-License-Identifier: Apache-2.0

import Builtin

// The few operations that the standard library's SIMD types spell as calls or as scalar loops. Each lowers to one
// LLVM operation, so the code generator picks the best instruction of the target the package is built for.

/// Widens 16 unsigned bytes, loaded from any address, to 16-bit integers.
@inline(__always)
func widen16(_ bytes: UnsafeRawPointer) -> SIMD16<Int16> {
  let narrow = bytes.loadUnaligned(as: SIMD16<UInt8>.self)
  var wide = SIMD16<Int16>()
  wide._storage._value = Builtin.zext_Vec16xInt8_Vec16xInt16(narrow._storage._value)
  return wide
}

/// Multiplies 16 pairs of 16-bit integers and adds neighbouring products: x86's `pmaddwd`, or `vpdpwssd` with the
/// addition that follows, where the target has it.
///
/// Wraps only if both factors of two neighbouring pairs are −32,768, which no caller produces.
@inline(__always)
func multiplyAddPairs(_ a: SIMD16<Int16>, _ b: SIMD16<Int16>) -> SIMD8<Int32> {
  let wideA = Builtin.sext_Vec16xInt16_Vec16xInt32(a._storage._value)
  let wideB = Builtin.sext_Vec16xInt16_Vec16xInt32(b._storage._value)
  var products = SIMD16<Int32>()
  products._storage._value = Builtin.mul_Vec16xInt32(wideA, wideB)
  return products.evenHalf &+ products.oddHalf
}

/// `a · b + c`, fused where the target has a fused instruction, else a product and a sum.
///
/// `SIMD.addingProduct` is not used: without FMA in the target it calls libm's `fmaf` for each lane.
@inline(__always)
func multiplyAdd(_ a: SIMD8<Float>, _ b: SIMD8<Float>, _ c: SIMD8<Float>) -> SIMD8<Float> {
  var result = SIMD8<Float>()
  result._storage._value = Builtin.int_fmuladd_Vec8xFPIEEE32(
    a._storage._value, b._storage._value, c._storage._value)
  return result
}

/// Converts 16 unsigned bytes to Float32, for metrics whose terms are not products.
@inline(__always)
func floats16(_ bytes: UnsafeRawPointer) -> (low: SIMD8<Float>, high: SIMD8<Float>) {
  let wide = widen16(bytes)
  return (floats8(wide.lowHalf), floats8(wide.highHalf))
}

@inline(__always)
private func floats8(_ values: SIMD8<Int16>) -> SIMD8<Float> {
  let wide = Builtin.sext_Vec8xInt16_Vec8xInt32(values._storage._value)
  var result = SIMD8<Float>()
  result._storage._value = Builtin.sitofp_Vec8xInt32_Vec8xFPIEEE32(wide)
  return result
}

/// Magnitudes of 8 numbers, by clearing the sign bit.
@inline(__always)
func magnitudes(_ values: SIMD8<Float>) -> SIMD8<Float> {
  SIMD8<Float>(bitPattern: SIMD8<UInt32>(bits: values) & 0x7FFF_FFFF)
}

extension SIMD8 where Scalar == UInt32 {
  @inline(__always)
  init(bits: SIMD8<Float>) { self = unsafeBitCast(bits, to: SIMD8<UInt32>.self) }
}

extension SIMD8 where Scalar == Float {
  @inline(__always)
  init(bitPattern: SIMD8<UInt32>) { self = unsafeBitCast(bitPattern, to: SIMD8<Float>.self) }

  /// The sum of the lanes, in the order of a binary tree.
  @inline(__always)
  var laneSum: Float {
    let four = lowHalf + highHalf
    let two = four.lowHalf + four.highHalf
    return two.x + two.y
  }
}

extension SIMD8 where Scalar == Int32 {
  /// The wrapping sum of the lanes.
  @inline(__always)
  var laneSum: Int32 {
    let four = lowHalf &+ highHalf
    let two = four.lowHalf &+ four.highHalf
    return two.x &+ two.y
  }
}

/// Asks the processor to bring the cache line at `address` near; never faults.
@inline(__always)
func prefetch(_ address: UnsafeRawPointer) {
  Builtin.int_prefetch_RawPointer(address._rawValue, Int32(0)._value, Int32(3)._value, Int32(1)._value)
}

/// Asks for the cache lines of `byteCount` bytes in the second-level cache, where they push out nothing that is needed next.
@inline(__always)
func prefetchFar(_ address: UnsafeRawPointer, byteCount: Int) {
  var offset = 0
  while offset < byteCount {
    Builtin.int_prefetch_RawPointer((address + offset)._rawValue, Int32(0)._value, Int32(2)._value, Int32(1)._value)
    offset &+= 64
  }
}

/// Asks for the cache lines of `byteCount` bytes from `address` on.
@inline(__always)
func prefetch(_ address: UnsafeRawPointer, byteCount: Int) {
  var offset = 0
  while offset < byteCount {
    prefetch(address + offset)
    offset &+= 64
  }
}
