// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// A column of type date, timestamp or timestamptz; the first two are in UTC. As JSON it is a string, which is a date of ours
/// in the years 1 to 9999.
struct DateColumnSource: ColumnSource {
  let column: MetadataColumn

  /// From 0001 to the end of 9999, in microseconds since 1970.
  private static let years: Range<Int64> = -62_135_596_800_000_000..<253_402_300_800_000_000

  func compare(_ comparison: Filter.Comparison, _ value: FilterValue) -> Condition {
    guard case .date(let date) = value else { return generic.compare(comparison, value) }
    return inYears("\(expression) \(comparison.sql) \(bind: parameter(date.microseconds))")
  }

  func isAmong(_ values: [FilterValue]) -> Condition {
    let dates = FilterValues(values).dates
    let rest = values.filter { if case .date = $0 { false } else { true } }
    return .any([
      dates.isEmpty ? .never : inYears("\(expression) = ANY(\(bind: parameter(dates)))"),
      rest.isEmpty ? .never : generic.isAmong(rest),
    ])
  }

  func isNotAmong(_ values: [FilterValue]) -> Condition {
    let dates = FilterValues(values).dates
    guard values.allSatisfy({ if case .date = $0 { true } else { false } }) else { return generic.isNotAmong(values) }
    return inYears("\(expression) <> ALL(\(bind: parameter(dates)))")
  }

  func like(_ pattern: LikePattern, ignoringCase: Bool, isNegated: Bool) -> Condition {
    generic.like(pattern, ignoringCase: ignoringCase, isNegated: isNegated)
  }

  private func inYears(_ condition: SQLText) -> Condition {
    Condition(
      """
      (\(condition) AND \(expression) >= \(bind: parameter(Self.years.lowerBound)) \
      AND \(expression) < \(bind: parameter(Self.years.upperBound)))
      """)
  }

  /// Moments beyond the years compare with those within as the nearest beyond do.
  private static func clamped(_ microseconds: Int64) -> Timestamp {
    Timestamp(microseconds: min(max(microseconds, years.lowerBound - 1), years.upperBound))
  }

  private func parameter(_ microseconds: Int64) -> PGParameter {
    let moment = Self.clamped(microseconds)
    return column.kind == .timestamptz ? .timestamptz(moment) : .timestamp(moment)
  }

  private func parameter(_ microseconds: [Int64]) -> PGParameter {
    let moments = microseconds.map(Self.clamped)
    return column.kind == .timestamptz ? .timestamptzs(moments) : .timestamps(moments)
  }
}
