// SPDX-License-Identifier: Apache-2.0

extension Filter {
  /// Whether the document matches: only if the filter is *true* for it.
  public func matches(_ document: Document) -> Bool { evaluate(document) == .true }

  /// What the filter is for a document: the definition for all backends.
  ///
  /// - Complexity: O(size of the filter), times the length of strings and arrays that it looks at.
  public func evaluate(_ document: Document) -> TruthValue {
    switch self {
    case .and(let filters):
      var result = TruthValue.true
      for filter in filters where result != .false { result = result && filter.evaluate(document) }
      return result
    case .or(let filters):
      var result = TruthValue.false
      for filter in filters where result != .true { result = result || filter.evaluate(document) }
      return result
    case .not(let filter): return !filter.evaluate(document)
    case .compare(let field, let comparison, let value):
      return comparison.holds(value.compare(stored: field.value(in: document)))
    case .in(let field, let values): return Self.membership(of: field.value(in: document), in: values)
    case .notIn(let field, let values): return !Self.membership(of: field.value(in: document), in: values)
    case .between(let field, let lower, let upper):
      let stored = field.value(in: document)
      return Comparison.greaterOrEqual.holds(lower.compare(stored: stored))
        && Comparison.lessOrEqual.holds(upper.compare(stored: stored))
    case .exists(let field, let expected): return TruthValue((field.value(in: document) != nil) == expected)
    case .like(let field, let pattern): return Self.match(field.value(in: document), pattern, ignoringCase: false)
    case .ilike(let field, let pattern): return Self.match(field.value(in: document), pattern, ignoringCase: true)
    case .contains(let field, let value):
      guard case .array(let elements) = field.value(in: document) else { return .unknown }
      return TruthValue(elements.contains { value.compare(stored: $0) == .same })
    }
  }

  private static func membership(of stored: JSONValue?, in values: [FilterValue]) -> TruthValue {
    guard let stored else { return .unknown }
    return values.reduce(.false) { $0 || Comparison.equal.holds($1.compare(stored: stored)) }
  }

  private static func match(_ stored: JSONValue?, _ pattern: LikePattern, ignoringCase: Bool) -> TruthValue {
    guard case .string(let text) = stored else { return .unknown }
    return TruthValue(pattern.matches(text, ignoringCase: ignoringCase))
  }
}

extension Filter.Comparison {
  package func holds(_ order: Ordering?) -> TruthValue {
    guard let order else { return .unknown }
    return switch self {
    case .equal: TruthValue(order == .same)
    case .notEqual: TruthValue(order != .same)
    case .less: TruthValue(order == .ascending)
    case .lessOrEqual: TruthValue(order != .descending)
    case .greater: TruthValue(order == .descending)
    case .greaterOrEqual: TruthValue(order != .ascending)
    }
  }
}

extension Field {
  /// The stored value; nil where it is missing or null.
  func value(in document: Document) -> JSONValue? {
    switch location {
    case .id: return document.id.map { .string($0) }
    case .content: return .string(document.content)
    case .metadata(let keys):
      var value = JSONValue.object(document.metadata)
      for key in keys {
        guard let member = value[key] else { return nil }
        value = member
      }
      return value.isNull ? nil : value
    }
  }
}
