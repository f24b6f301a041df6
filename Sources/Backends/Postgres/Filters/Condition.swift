// SPDX-License-Identifier: Apache-2.0

/// A boolean expression that is true exactly where its part of a filter is. Where it is not true it may be false or null:
/// negations are carried to the leaves, so that nothing asks.
enum Condition {
  case always
  case never
  case sql(SQLText, readsJSON: Bool)

  init(_ sql: SQLText) { self = .sql(sql, readsJSON: false) }

  var sql: SQLText {
    switch self {
    case .always: "TRUE"
    case .never: "FALSE"
    case .sql(let sql, _): sql
    }
  }

  var readsJSON: Bool { if case .sql(_, readsJSON: true) = self { true } else { false } }

  /// The same, read from the JSON column.
  var readingJSON: Condition { if case .sql(let sql, _) = self { .sql(sql, readsJSON: true) } else { self } }

  static func all(_ conditions: [Condition]) -> Condition {
    var parts: [Condition] = []
    for condition in conditions {
      switch condition {
      case .always: continue
      case .never: return .never
      case .sql: parts.append(condition)
      }
    }
    return joined(parts, " AND ", empty: .always)
  }

  static func any(_ conditions: [Condition]) -> Condition {
    var parts: [Condition] = []
    for condition in conditions {
      switch condition {
      case .never: continue
      case .always: return .always
      case .sql: parts.append(condition)
      }
    }
    return joined(parts, " OR ", empty: .never)
  }

  private static func joined(_ parts: [Condition], _ separator: SQLText, empty: Condition) -> Condition {
    guard let first = parts.first else { return empty }
    guard parts.count > 1 else { return first }
    return .sql("(\(parts.map(\.sql).joined(by: separator)))", readsJSON: parts.contains(where: \.readsJSON))
  }
}
