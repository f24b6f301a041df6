// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// A column of type numeric. A NaN or an infinity in it counts as missing.
struct NumericColumnSource: ColumnSource {
  let column: MetadataColumn

  var exists: Condition { Condition("\(column.isFinite)") }
  var isMissing: Condition { Condition("\(column.isFinite) IS NOT TRUE") }

  private var number: NumberSource {
    NumberSource(number: expression, isWrittenAsDouble: "scale(\(expression)) > 0")
  }

  func compare(_ comparison: Filter.Comparison, _ value: FilterValue) -> Condition {
    guard let operand = NumberOperand(value) else { return .never }
    guard comparison != .equal else { return isOne(of: NumberSet([operand])) }
    return Condition("(\(number.compare(comparison, operand)) AND \(column.isFinite))")
  }

  func isAmong(_ values: [FilterValue]) -> Condition { isOne(of: NumberSet(FilterValues(values).numbers)) }

  func isNotAmong(_ values: [FilterValue]) -> Condition {
    let values = FilterValues(values)
    guard values.hasNumbersOnly else { return .never }
    guard case .sql(let sql, _) = isOne(of: NumberSet(values.numbers)) else { return exists }
    return Condition("((\(sql)) IS NOT TRUE AND \(column.isFinite))")
  }

  private func isOne(of numbers: NumberSet) -> Condition {
    func equals(_ decimals: [ExactDecimal]) -> Condition {
      guard let first = decimals.first else { return .never }
      if decimals.count == 1 { return Condition("\(expression) = \(bind: .numeric(first))") }
      return Membership.isAny(expression, .numerics(decimals), type: "numeric[]", count: decimals.count)
    }
    let isDouble = number.isWrittenAsDouble
    return .any([
      equals(numbers.decimals),
      .all([equals(numbers.asDoubles), Condition(isDouble)]),
      .all([equals(numbers.asIntegers), Condition("NOT (\(isDouble))")]),
    ])
  }
}
