// SPDX-License-Identifier: Apache-2.0

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// A Swift type whose values a filter can compare with.
public protocol FilterValueConvertible {
  /// The value as filters know it.
  var filterValue: FilterValue { get }
}

extension FilterValue: FilterValueConvertible {
  /// The value as filters know it.
  public var filterValue: FilterValue { self }
}

extension Bool: FilterValueConvertible {
  /// The value as filters know it.
  public var filterValue: FilterValue { .bool(self) }
}

extension Int: FilterValueConvertible {
  /// The value as filters know it.
  public var filterValue: FilterValue { .integer(Int64(self)) }
}

extension Int32: FilterValueConvertible {
  /// The value as filters know it.
  public var filterValue: FilterValue { .integer(Int64(self)) }
}

extension Int64: FilterValueConvertible {
  /// The value as filters know it.
  public var filterValue: FilterValue { .integer(self) }
}

extension UInt64: FilterValueConvertible {
  /// The value as filters know it.
  public var filterValue: FilterValue {
    Int64(exactly: self).map { .integer($0) } ?? .number(JSONNumber(checked: description))
  }
}

extension Float: FilterValueConvertible {
  /// The exact value of the Float, which for 0.1 is not the Double 0.1.
  public var filterValue: FilterValue { .double(Double(self)) }
}

extension Double: FilterValueConvertible {
  /// The value as filters know it.
  public var filterValue: FilterValue { .double(self) }
}

extension String: FilterValueConvertible {
  /// The value as filters know it.
  public var filterValue: FilterValue { .string(self) }
}

extension Substring: FilterValueConvertible {
  /// The value as filters know it.
  public var filterValue: FilterValue { .string(String(self)) }
}

extension Timestamp: FilterValueConvertible {
  /// The value as filters know it.
  public var filterValue: FilterValue { .date(self) }
}

extension Date: FilterValueConvertible {
  /// The value as filters know it.
  public var filterValue: FilterValue { .date(Timestamp(self)) }
}
