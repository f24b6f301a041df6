// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// A column of type real or double precision. A NaN or an infinity in it counts as missing.
struct FloatColumnSource: ColumnSource {
  let column: MetadataColumn
  /// The value as double precision.
  let number: SQLText

  var exists: Condition { Condition("\(column.isFinite)") }
  var isMissing: Condition { Condition("\(column.isFinite) IS NOT TRUE") }

  func compare(_ comparison: Filter.Comparison, _ value: FilterValue) -> Condition {
    guard let operand = NumberOperand(value) else { return .never }
    switch FloatBound(operand) {
    case .below: return comparison.isTrue(.descending) ? exists : .never
    case .above: return comparison.isTrue(.ascending) ? exists : .never
    case .exactly(let double): return finite("\(number) \(comparison.sql) \(bind: .float8(double))")
    case .after(let double):
      switch comparison {
      case .equal: return .never
      case .notEqual: return exists
      case .less, .lessOrEqual: return finite("\(number) <= \(bind: .float8(double))")
      case .greater, .greaterOrEqual: return finite("\(number) > \(bind: .float8(double))")
      }
    }
  }

  func isAmong(_ values: [FilterValue]) -> Condition {
    let doubles = Self.doubles(FilterValues(values))
    if doubles.isEmpty { return .never }
    return Membership.isAny(number, .float8s(doubles), type: "float8[]", count: doubles.count)
  }

  func isNotAmong(_ values: [FilterValue]) -> Condition {
    let values = FilterValues(values)
    guard values.hasNumbersOnly else { return .never }
    let doubles = Self.doubles(values)
    if doubles.isEmpty { return exists }
    return finite(Membership.isNone(number, .float8s(doubles), type: "float8[]", count: doubles.count).sql)
  }

  private func finite(_ condition: SQLText) -> Condition { Condition("(\(condition) AND \(column.isFinite))") }

  private static func doubles(_ values: FilterValues) -> [Double] {
    values.numbers.compactMap { if case .exactly(let double) = FloatBound($0) { double } else { nil } }.sorted()
  }
}
