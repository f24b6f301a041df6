// SPDX-License-Identifier: Apache-2.0

import Foundation
import VectorStoreCore
import VectorStoreTesting

/// Filters by another way: nil is unknown, order by Foundation's Decimal, patterns by recursion.
enum NaiveFilter {
  static func evaluate(_ filter: Filter, _ document: Document) -> TruthValue {
    switch holds(filter, document) {
    case nil: .unknown
    case true?: .true
    case false?: .false
    }
  }

  private static func holds(_ filter: Filter, _ document: Document) -> Bool? {
    switch filter {
    case .and(let filters):
      let values = filters.map { holds($0, document) }
      return values.contains(false) ? false : values.contains(nil) ? nil : true
    case .or(let filters):
      let values = filters.map { holds($0, document) }
      return values.contains(true) ? true : values.contains(nil) ? nil : false
    case .not(let filter): return holds(filter, document).map { !$0 }
    case .compare(let field, let comparison, let value):
      guard let order = order(stored(field, document), value) else { return nil }
      return switch comparison {
      case .equal: order == 0
      case .notEqual: order != 0
      case .less: order < 0
      case .lessOrEqual: order <= 0
      case .greater: order > 0
      case .greaterOrEqual: order >= 0
      }
    case .in(let field, let values):
      if stored(field, document) == nil { return nil }
      return holds(.or(values.map { .compare(field, .equal, $0) }), document)
    case .notIn(let field, let values): return holds(.not(.in(field, values)), document)
    case .between(let field, let lower, let upper):
      return holds(.and([.compare(field, .greaterOrEqual, lower), .compare(field, .lessOrEqual, upper)]), document)
    case .exists(let field, let expected): return (stored(field, document) != nil) == expected
    case .like(let field, let pattern): return like(stored(field, document), pattern, fold: false)
    case .ilike(let field, let pattern): return like(stored(field, document), pattern, fold: true)
    case .contains(let field, let value):
      return stored(field, document)?.arrayValue.map { $0.contains { order($0, value) == 0 } }
    }
  }

  private static func stored(_ field: Field, _ document: Document) -> JSONValue? {
    switch field.location {
    case .id: return document.id.map { .string($0) }
    case .content: return .string(document.content)
    case .metadata(let keys):
      let value = keys.reduce(JSONValue?.some(.object(document.metadata))) { $0?[$1] }
      return value == .null ? nil : value
    }
  }

  private static func order(_ stored: JSONValue?, _ value: FilterValue) -> Int? {
    switch (stored, value) {
    case (.bool(let a)?, .bool(let b)): return (a ? 1 : 0) - (b ? 1 : 0)
    case (.string(let a)?, .string(let b)):
      let (a, b) = (Data(a.utf8), Data(b.utf8))
      return a == b ? 0 : (a.lexicographicallyPrecedes(b) ? -1 : 1)
    case (.string(let a)?, .date(let b)): return Timestamp(iso8601: a).map { $0 == b ? 0 : ($0 < b ? -1 : 1) }
    default:
      guard let a = stored.flatMap(number), let b = number(value.json) else { return nil }
      return a == b ? 0 : (a < b ? -1 : 1)
    }
  }

  /// Only for the numbers of ``VectorStoreTesting/SeededGenerator/filterScalar()``, which a Decimal holds.
  private static func number(_ value: JSONValue) -> Decimal? {
    switch value {
    case .integer(let value): Decimal(value)
    case .double(let value): Decimal(value)
    case .number(let value): Decimal(string: value.literal)
    default: nil
    }
  }

  private static func like(_ stored: JSONValue?, _ pattern: LikePattern, fold: Bool) -> Bool? {
    guard let text = stored?.stringValue else { return nil }
    func scalars(_ text: String) -> [Unicode.Scalar] { text.unicodeScalars.map { fold ? LikePattern.folded($0) : $0 } }
    func matches(_ text: ArraySlice<Unicode.Scalar>, _ pattern: ArraySlice<Unicode.Scalar>) -> Bool {
      guard let head = pattern.first else { return text.isEmpty }
      if head == "%" {
        return matches(text, pattern.dropFirst()) || (!text.isEmpty && matches(text.dropFirst(), pattern))
      }
      if head == "_" { return !text.isEmpty && matches(text.dropFirst(), pattern.dropFirst()) }
      let literal = head == "\\" ? pattern.dropFirst() : pattern
      return text.first == literal.first && matches(text.dropFirst(), literal.dropFirst())
    }
    return matches(scalars(text)[...], scalars(pattern.description)[...])
  }
}
