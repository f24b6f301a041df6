// SPDX-License-Identifier: Apache-2.0

import Builtin

/// A vector of Float32 lanes that kernels are written over, so that one source serves registers of every width.
protocol Lanes {
  /// Lanes in the vector.
  static var width: Int { get }
  /// The vector at an address of any alignment.
  static func load(_ pointer: UnsafePointer<Float>) -> Self
  /// `value` in all lanes.
  static func broadcast(_ value: Float) -> Self
  /// `a · b + c`, fused where the target has a fused instruction, else a product and a sum.
  ///
  /// `SIMD.addingProduct` is not used: without FMA in the target it calls libm's `fmaf` for each lane.
  static func multiplyAdd(_ a: Self, _ b: Self, _ c: Self) -> Self
  /// Writes the vector to an address of any alignment.
  func store(_ pointer: UnsafeMutablePointer<Float>)
}

extension Lanes {
  @inline(__always)
  static func load(_ pointer: UnsafePointer<Float>) -> Self {
    UnsafeRawPointer(pointer).loadUnaligned(as: Self.self)
  }
}

extension SIMD4: Lanes where Scalar == Float {
  static var width: Int { @inline(__always) get { 4 } }

  @inline(__always)
  static func load(_ pointer: UnsafePointer<Float>) -> Self {
    UnsafeRawPointer(pointer).loadUnaligned(as: Self.self)
  }

  @inline(__always)
  static func broadcast(_ value: Float) -> Self { Self(repeating: value) }

  @inline(__always)
  static func multiplyAdd(_ a: Self, _ b: Self, _ c: Self) -> Self {
    var result = Self()
    result._storage._value = Builtin.int_fmuladd_Vec4xFPIEEE32(a._storage._value, b._storage._value, c._storage._value)
    return result
  }

  @inline(__always)
  func store(_ pointer: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(pointer).storeBytes(of: self, as: Self.self)
  }
}

extension SIMD8: Lanes where Scalar == Float {
  static var width: Int { @inline(__always) get { 8 } }

  @inline(__always)
  static func load(_ pointer: UnsafePointer<Float>) -> Self {
    UnsafeRawPointer(pointer).loadUnaligned(as: Self.self)
  }

  @inline(__always)
  static func broadcast(_ value: Float) -> Self { Self(repeating: value) }

  @inline(__always)
  static func multiplyAdd(_ a: Self, _ b: Self, _ c: Self) -> Self {
    var result = Self()
    result._storage._value = Builtin.int_fmuladd_Vec8xFPIEEE32(a._storage._value, b._storage._value, c._storage._value)
    return result
  }

  @inline(__always)
  func store(_ pointer: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(pointer).storeBytes(of: self, as: Self.self)
  }
}

extension SIMD16: Lanes where Scalar == Float {
  static var width: Int { @inline(__always) get { 16 } }

  @inline(__always)
  static func load(_ pointer: UnsafePointer<Float>) -> Self {
    UnsafeRawPointer(pointer).loadUnaligned(as: Self.self)
  }

  @inline(__always)
  static func broadcast(_ value: Float) -> Self { Self(repeating: value) }

  @inline(__always)
  static func multiplyAdd(_ a: Self, _ b: Self, _ c: Self) -> Self {
    var result = Self()
    result._storage._value = Builtin.int_fmuladd_Vec16xFPIEEE32(
      a._storage._value, b._storage._value, c._storage._value)
    return result
  }

  @inline(__always)
  func store(_ pointer: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(pointer).storeBytes(of: self, as: Self.self)
  }
}
