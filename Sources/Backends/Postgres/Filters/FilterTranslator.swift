// SPDX-License-Identifier: Apache-2.0

package import VectorStoreCore

/// Makes SQL of filters that is true exactly where ``Filter/evaluate(_:)`` says so, and that no stored value can make fail.
///
/// `not` is carried inwards to the leaves by the laws of Kleene's logic, which hold for unknown too, so that a leaf need only
/// be true where it is true: missing fields and values of other types may make it false or null. That is why plain
/// `column = value` and jsonb's `@>`, which indexes serve, are enough for most leaves.
package struct FilterTranslator: Sendable {
  /// How deep `and`, `or` and `not` may lie in each other where they alternate; the server's parser recurses.
  package static let depthLimit = 500

  let columns: FilterColumns
  /// How the JSON column is read; nil: there is none.
  private let reading: JSONReading?
  private let serverVersion: Int

  /// - Parameter serverVersion: as `PQserverVersion` has it: 160014.
  package init(columns: FilterColumns, serverVersion: Int) {
    self.columns = columns
    self.serverVersion = serverVersion
    reading = columns.json.map { JSONReading(column: $0, serverVersion: serverVersion) }
  }

  /// A condition for WHERE, in brackets where it needs them.
  ///
  /// - Throws: ``VectorStoreError/Code/invalidFilter`` for a filter that is nested too deeply.
  package func condition(_ filter: Filter) throws -> SQLText {
    let conjuncts = try self.conjuncts(of: filter)
    guard let reading, !reading.isDirect else { return Condition.all(conjuncts).sql }
    // What reads JSON shares one conversion of the column; the rest stays where indexes see it.
    let converting = Condition.all(conjuncts.filter(\.readsJSON))
    let plain = conjuncts.filter { !$0.readsJSON }
    guard converting.readsJSON else { return Condition.all(conjuncts).sql }
    return Condition.all(plain + [Condition(reading.wrap(converting.sql))]).sql
  }

  private func conjuncts(of filter: Filter) throws -> [Condition] {
    try Self.flattened([filter], isNegated: false, isConjunction: true)
      .map { try condition($0.filter, isNegated: $0.isNegated, depth: 0) }
  }

  private func condition(_ filter: Filter, isNegated: Bool, depth: Int) throws -> Condition {
    guard depth < Self.depthLimit else {
      throw VectorStoreError(.invalidFilter, "the filter is nested more than \(Self.depthLimit) levels deep")
    }
    switch filter {
    case .and(let filters):
      let parts = try Self.flattened(filters, isNegated: isNegated, isConjunction: !isNegated)
        .map { try condition($0.filter, isNegated: $0.isNegated, depth: depth + 1) }
      return isNegated ? .any(parts) : .all(parts)
    case .or(let filters):
      let parts = try Self.flattened(filters, isNegated: isNegated, isConjunction: isNegated)
        .map { try condition($0.filter, isNegated: $0.isNegated, depth: depth + 1) }
      return isNegated ? .all(parts) : .any(parts)
    // A chain of negations has been counted by `flattened`, except for the outermost.
    case .not(let filter): return try condition(filter, isNegated: !isNegated, depth: depth + 1)
    default: return leaf(filter, isNegated: isNegated)
    }
  }

  /// The filters of a list with those of lists of the same kind in it, however deep, in order, without recursion.
  private static func flattened(
    _ filters: [Filter], isNegated: Bool, isConjunction: Bool
  ) -> [(filter: Filter, isNegated: Bool)] {
    var result: [(filter: Filter, isNegated: Bool)] = []
    var waiting = filters.reversed().map { (filter: $0, isNegated: isNegated) }
    while let (filter, isNegated) = waiting.popLast() {
      switch filter {
      case .not(let inner): waiting.append((inner, !isNegated))
      case .and(let inner) where isNegated != isConjunction, .or(let inner) where isNegated == isConjunction:
        waiting += inner.reversed().map { ($0, isNegated) }
      case .and(let inner) where inner.count == 1, .or(let inner) where inner.count == 1:
        waiting += inner.map { ($0, isNegated) }
      default: result.append((filter, isNegated))
      }
    }
    return result
  }

  private func leaf(_ filter: Filter, isNegated: Bool) -> Condition {
    let leaf = FilterLeaf(filter, isNegated: isNegated)
    guard let field = filter.field else { return MissingSource().condition(leaf) }
    switch field.location {
    case .id:
      return IdentifierSource(text: TextSource(columns.id, isNeverNull: true), column: columns.idColumn).condition(leaf)
    case .content: return TextSource(columns.content, isNeverNull: true).condition(leaf)
    case .metadata(let keys):
      if let first = keys.first, let column = columns.metadataColumn(first) {
        return self.leaf(leaf, column, path: Array(keys.dropFirst()))
      }
      guard let reading, let source = reading.source(path: keys) else { return MissingSource().condition(leaf) }
      return source.condition(leaf).readingJSON
    }
  }

  private func leaf(_ leaf: FilterLeaf, _ column: MetadataColumn, path: [String]) -> Condition {
    switch column.kind {
    case .json(let isBinary):
      let reading = JSONReading(
        column: .init(column: column.expression, isBinary: isBinary), serverVersion: serverVersion)
      guard let source = reading.source(path: path) else { return MissingSource().condition(leaf) }
      let condition = source.condition(leaf)
      if case .sql(let sql, _) = condition, !reading.isDirect { return Condition(reading.wrap(sql)) }
      return condition
    default:
      guard path.isEmpty else {
        return JSONSource(column.jsonb, path: path)?.condition(leaf) ?? MissingSource().condition(leaf)
      }
      return column.source.condition(leaf)
    }
  }
}
