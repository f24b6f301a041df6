// SPDX-License-Identifier: Apache-2.0

/// A value that a field is compared with.
public enum FilterValue: Sendable {
  case bool(Bool)
  case integer(Int64)
  case double(Double)
  /// A number beyond Int64 and Double.
  case number(JSONNumber)
  case string(String)
  /// A moment; compares with strings that are ISO 8601 dates (``Timestamp/init(iso8601:)``) and with date columns.
  case date(Timestamp)

  /// How a stored value stands to this one; nil, which is *unknown*, for a missing value, null, another type, or a NaN.
  ///
  /// - Numbers compare exactly by value, whatever their types: 2⁵³+1 is greater than the Double 2⁵³. A Bool is no
  ///   number. −0.0 equals 0.
  /// - Strings compare by their bytes of UTF-8.
  /// - false comes before true.
  /// - A date compares with a string that is one; with other strings not at all.
  func compare(stored: JSONValue?) -> Ordering? {
    switch (stored, self) {
    case (.bool(let a), .bool(let b)): Ordering.of(a ? 1 : 0, b ? 1 : 0)
    case (.string(let a), .string(let b)): ByteOrder.compare(a, b)
    case (.string(let a), .date(let b)): Timestamp(iso8601: a).map { Ordering.of($0, b) }
    case (.integer(let a), .integer(let b)): Ordering.of(a, b)
    case (.integer, _), (.double, _), (.number, _):
      if let stored, let a = Numeric(stored), let b = Numeric(json) { a.compared(to: b) } else { nil }
    default: nil
    }
  }

  /// The value as JSON; a date as `{"$date": …}`.
  public var json: JSONValue {
    switch self {
    case .bool(let value): .bool(value)
    case .integer(let value): .integer(value)
    case .double(let value): .double(value)
    case .number(let value): .number(value)
    case .string(let value): .string(value)
    case .date(let value): ["$date": .string(value.description)]
    }
  }
}

extension FilterValue: Hashable {
  /// Whether both are the same, strings by their bytes.
  public static func == (a: FilterValue, b: FilterValue) -> Bool { a.json == b.json }
  /// Hashes what equality compares.
  public func hash(into hasher: inout Hasher) { hasher.combine(json) }
}

/// A number of any of the three types.
private enum Numeric {
  case integer(Int64)
  case double(Double)
  case decimal(ExactDecimal)

  init?(_ value: JSONValue) {
    switch value {
    case .integer(let value): self = .integer(value)
    case .double(let value): self = .double(value)
    case .number(let value): self = .decimal(ExactDecimal(literal: value.literal))
    default: return nil
    }
  }

  func compared(to other: Numeric) -> Ordering? {
    switch (self, other) {
    case (.integer(let a), .integer(let b)): Ordering.of(a, b)
    case (.double(let a), .double(let b)): a.isNaN || b.isNaN ? nil : Ordering.of(a, b)
    case (.integer(let a), .double(let b)): Self.compare(a, b)
    case (.double(let a), .integer(let b)): Self.compare(b, a)?.reversed
    case (.double(let a), _) where !a.isFinite: a.isNaN ? nil : (a < 0 ? .ascending : .descending)
    case (_, .double(let b)) where !b.isFinite: b.isNaN ? nil : (b < 0 ? .descending : .ascending)
    default: decimal.compared(to: other.decimal)
    }
  }

  private var decimal: ExactDecimal {
    switch self {
    case .integer(let value): ExactDecimal(literal: value.description)
    case .double(let value): ExactDecimal(exactly: value)
    case .decimal(let value): value
    }
  }

  private static func compare(_ a: Int64, _ b: Double) -> Ordering? {
    if b.isNaN { return nil }
    if b >= 0x1p63 { return .ascending }
    if b < -0x1p63 { return .descending }
    let whole = b.rounded(.towardZero)
    let order = Ordering.of(a, Int64(whole))
    return order == .same ? Ordering.of(whole, b) : order
  }
}
