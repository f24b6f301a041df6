// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// The statement of a search by words.
struct KeywordSearch: Sendable {
  private let query: KeywordQuery
  private let count: Int
  private let filter: SQLText?
  private let scope: TableScope
  private let selection: RowSelection

  /// Nil where the text has no word to look for, which finds nothing.
  init?(_ request: CandidateRequest.Keywords, filter: SQLText?, scope: TableScope, selection: RowSelection) throws {
    guard request.count > 0, let query = KeywordQuery(request.text, try selection.layout.keywordConfiguration) else {
      return nil
    }
    self.query = query
    count = request.count
    (self.filter, self.scope, self.selection) = (filter, scope, selection)
  }

  /// What is asked, as `to_tsquery` reads it.
  var queryText: String { query.any }

  func statement() throws -> SQLText {
    let layout = selection.layout
    let vector: SQLText
    switch layout.keywords {
    case .column(let column, _): vector = "\(column)"
    case .computed, .none: vector = KeywordText.vector(of: "\(layout.content)", try layout.keywordConfiguration)
    }
    let score = query.score(vector)
    let filter: SQLText = filter.map { " AND (\($0))" } ?? ""
    return """
      SELECT \(selection.columns), \(score) AS "score" FROM \(layout.name.sql) WHERE \(query.condition(vector))\(filter)\(scope.and)
      ORDER BY "score" DESC, \(layout.idOrder) LIMIT \(count)
      """
  }

  func candidates(_ result: PGResult) throws -> [CandidateSet.Candidate] {
    try (0..<result.rowCount).map { row in
      .init(record: try selection.record(result, row: row), value: result.double(row, selection.count) ?? 0)
    }
  }
}

extension TableLayout {
  /// How the keywords were made.
  var keywordConfiguration: KeywordConfiguration {
    get throws { try KeywordConfiguration(language, form: hasPreparedKeywords ? .folded : .plain) }
  }
}
