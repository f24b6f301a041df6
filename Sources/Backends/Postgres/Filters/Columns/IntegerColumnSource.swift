// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// A column of type smallint, integer or bigint. Numbers that are no integers become bounds that are, so that an index of the
/// column serves them too.
struct IntegerColumnSource: ColumnSource {
  let column: MetadataColumn

  func compare(_ comparison: Filter.Comparison, _ value: FilterValue) -> Condition {
    guard let number = NumberOperand(value) else { return .never }
    switch IntegerBound(number) {
    case .below: return comparison.isTrue(.descending) ? exists : .never
    case .above: return comparison.isTrue(.ascending) ? exists : .never
    case .exactly(let integer): return Condition("\(expression) \(comparison.sql) \(bind: .int8(integer))")
    case .after(let integer):
      switch comparison {
      case .equal: return .never
      case .notEqual: return exists
      case .less, .lessOrEqual: return Condition("\(expression) <= \(bind: .int8(integer))")
      case .greater, .greaterOrEqual: return Condition("\(expression) > \(bind: .int8(integer))")
      }
    }
  }

  func isAmong(_ values: [FilterValue]) -> Condition {
    let integers = Self.integers(FilterValues(values))
    if integers.isEmpty { return .never }
    return Membership.isAny(expression, .int8s(integers), type: "int8[]", count: integers.count)
  }

  func isNotAmong(_ values: [FilterValue]) -> Condition {
    let values = FilterValues(values)
    guard values.hasNumbersOnly else { return .never }
    let integers = Self.integers(values)
    if integers.isEmpty { return exists }
    return Membership.isNone(expression, .int8s(integers), type: "int8[]", count: integers.count)
  }

  private static func integers(_ values: FilterValues) -> [Int64] {
    values.numbers.compactMap { if case .exactly(let integer) = IntegerBound($0) { integer } else { nil } }.sorted()
  }
}
