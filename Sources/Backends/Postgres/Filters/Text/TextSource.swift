// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// Text: the id, the content, a column of text, or the string that a JSON value is.
///
/// Equality is written without a collation, because a collation that is deterministic gives the same answer and an index of
/// the column's own collation then serves it; order is that of bytes, `COLLATE "C"`.
struct TextSource: FilterSource {
  /// Text, or NULL where the field is missing or no string.
  let text: SQLText
  let isNeverNull: Bool

  init(_ text: SQLText, isNeverNull: Bool = false) { (self.text, self.isNeverNull) = (text, isNeverNull) }

  func compare(_ comparison: Filter.Comparison, _ value: FilterValue) -> Condition {
    switch value {
    case .string(let string): compare(comparison, string)
    case .date(let date):
      Condition("\(DateSQL.microseconds(of: text)) \(comparison.sql) \(bind: .int8(date.microseconds))")
    default: .never
    }
  }

  private func compare(_ comparison: Filter.Comparison, _ string: String) -> Condition {
    let scalars = string.unicodeScalars
    guard let end = scalars.firstIndex(of: "\0") else {
      switch comparison {
      case .equal, .notEqual: return Condition("\(text) \(comparison.sql) \(bind: .text(string))")
      default: return Condition("\(text) COLLATE \"C\" \(comparison.sql) \(bind: .text(string))")
      }
    }
    // No text of the server's holds NUL, and none lies between what stands before it and the string.
    let prefix = PGParameter.text(String(scalars[..<end]))
    switch comparison {
    case .equal: return .never
    case .notEqual: return exists
    case .less, .lessOrEqual: return Condition("\(text) COLLATE \"C\" <= \(bind: prefix)")
    case .greater, .greaterOrEqual: return Condition("\(text) COLLATE \"C\" > \(bind: prefix)")
    }
  }

  func isAmong(_ values: [FilterValue]) -> Condition {
    let values = FilterValues(values)
    var conditions: [Condition] = []
    if let strings = values.strings.onlyElement {
      conditions.append(Condition("\(text) = \(bind: .text(strings))"))
    } else if !values.strings.isEmpty {
      conditions.append(Membership.isAny(text, .texts(values.strings), type: "text[]", count: values.strings.count))
    }
    if !values.dates.isEmpty {
      conditions.append(Condition("\(DateSQL.microseconds(of: text)) = ANY(\(bind: .int8s(values.dates)))"))
    }
    return .any(conditions)
  }

  func isNotAmong(_ values: [FilterValue]) -> Condition {
    let values = FilterValues(values)
    guard values.numbers.isEmpty, values.bools.isEmpty, !values.hasNaN else { return .never }
    var conditions: [Condition] = []
    if !values.strings.isEmpty {
      conditions.append(Membership.isNone(text, .texts(values.strings), type: "text[]", count: values.strings.count))
    }
    if !values.dates.isEmpty {
      conditions.append(Condition("\(DateSQL.microseconds(of: text)) <> ALL(\(bind: .int8s(values.dates)))"))
    }
    return conditions.isEmpty ? exists : .all(conditions)
  }

  var exists: Condition { isNeverNull ? .always : Condition("\(text) IS NOT NULL") }
  var isMissing: Condition { isNeverNull ? .never : Condition("\(text) IS NULL") }

  func like(_ pattern: LikePattern, ignoringCase: Bool, isNegated: Bool) -> Condition {
    LikeSQL.condition(text, pattern, ignoringCase: ignoringCase, isNegated: isNegated) ?? (isNegated ? exists : .never)
  }

  func contains(_ value: FilterValue, isNegated: Bool) -> Condition { .never }
}
