// SPDX-License-Identifier: Apache-2.0

/// Equality with one of many values, bound as one array.
///
/// `= ANY(array)` can use an index, and looks a constant array up by hash; but in a plan for any parameters it compares one by
/// one. Long lists are therefore put into a subquery, which is always hashed.
enum Membership {
  private static let longList = 1_000

  static func isAny(_ value: SQLText, _ array: PGParameter, type: SQLText, count: Int) -> Condition {
    count < longList
      ? Condition("\(value) = ANY(\(bind: array)::\(type))")
      : Condition("\(value) IN (SELECT unnest(\(bind: array)::\(type)))")
  }

  static func isNone(_ value: SQLText, _ array: PGParameter, type: SQLText, count: Int) -> Condition {
    count < longList
      ? Condition("\(value) <> ALL(\(bind: array)::\(type))")
      : Condition("\(value) NOT IN (SELECT unnest(\(bind: array)::\(type)))")
  }
}
