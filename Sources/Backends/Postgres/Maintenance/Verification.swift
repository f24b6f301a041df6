// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// Checks a collection's rows and indexes.
struct Verification: Sendable {
  let engine: PGEngine
  let layout: TableLayout
  let scope: TableScope
  let recorded: EmbeddingSpace?
  let vectorExtension: VectorExtension

  func run(progress: StoreProgress.Handler?) async throws -> VerificationReport {
    let questions = questions()
    var checks: [VerificationReport.Check] = []
    for (place, question) in questions.enumerated() {
      progress?(StoreProgress(phase: .checking, done: place, total: questions.count + 2))
      let count = try await engine.withConnection(isTimeLimited: false) {
        try await $0.execute(question.sql.statement(isPrepared: false)).int(0, 0) ?? 0
      }
      checks.append(.init(question.name, problem: count == 0 ? nil : "\(count) \(question.problem)"))
    }
    checks.append(try await indexes())
    checks.append(try await structure())
    progress?(StoreProgress(phase: .checking, done: questions.count + 2, total: questions.count + 2))
    return VerificationReport(checks: checks)
  }

  /// Something that no row should be, and what to say of rows that are.
  private struct Question {
    let name: String
    let sql: SQLText
    let problem: String
  }

  private func questions() -> [Question] {
    let table = layout.name.sql
    var questions = [
      Question(
        name: "embeddings", sql: "SELECT count(*) FROM \(table) WHERE \(layout.embedding) IS NULL",
        problem: "rows have no embedding, so that no search by vector finds them; write them again"),
      Question(
        name: "contents", sql: "SELECT count(*) FROM \(table) WHERE \(layout.content) IS NULL\(scope.and)",
        problem: "rows have no content; write them again"),
      Question(
        name: "ids",
        sql: """
          SELECT count(*) FROM (SELECT \(layout.id) FROM \(table) WHERE true\(scope.and) GROUP BY \(layout.id)
          HAVING count(*) > 1) AS d
          """,
        problem: "ids stand for several rows; an id is one document"),
    ]
    if let json = layout.json {
      questions.append(
        Question(
          name: "metadata",
          sql: """
            SELECT count(*) FROM \(table) WHERE \(json)::text !~ '^\\s*(\\{|null\\s*$)'\(scope.and)
            """,
          problem: "rows have metadata that is no JSON object; it shows as one member under the column's name"))
    }
    if layout.vectorType == .vector, let dimension = recorded?.dimension {
      if let column = layout.dimensionColumn {
        questions.append(
          Question(
            name: "dimensions",
            sql: """
              SELECT count(*) FROM \(table)
              WHERE \(column) IS DISTINCT FROM \(vectorExtension.schema).vector_dims(\(layout.embedding))
              """,
            problem: "rows have another number of dimensions than \"\(column.name)\" says"))
      } else if layout.columnDimension == nil {
        questions.append(
          Question(
            name: "dimensions",
            sql: """
              SELECT count(*) FROM \(table) WHERE \(vectorExtension.schema).vector_dims(\(layout.embedding)) <> \(dimension)
              """,
            problem: "rows have vectors of other than \(dimension) dimensions, which this collection does not find"))
      }
    }
    if case .column(let keywords, _) = layout.keywords, layout.hasPreparedKeywords,
      let configuration = try? layout.keywordConfiguration
    {
      questions.append(
        Question(
          name: "keywords",
          sql:
            "SELECT count(*) FROM \(table) WHERE \(keywords) IS DISTINCT FROM \(KeywordText.vector(of: "\(layout.content)", configuration))\(scope.and)",
          problem: "rows have keywords that are not those of their text; UPDATE the content of these rows"))
    }
    return questions
  }

  private func indexes() async throws -> VerificationReport.Check {
    let sql: SQLText = """
      SELECT c.relname::text FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
      WHERE i.indrelid = pg_catalog.to_regclass(\(bind: .text("\(layout.name.schema).\(layout.name.table)")))
      AND NOT (i.indisvalid AND i.indisready)
      """
    let result = try await engine.withConnection { try await $0.execute(sql.statement()) }
    let broken = (0..<result.rowCount).compactMap { result.text($0, 0) }
    return .init(
      "indexes",
      problem: broken.isEmpty
        ? nil : "invalid: \(broken.joined(separator: ", ")); 'index rebuild' mends them, or DROP INDEX")
  }

  /// Whether the table is still what was opened.
  private func structure() async throws -> VerificationReport.Check {
    let table = try await engine.withConnection { try await CatalogTable.read(layout.name, $0) }
    guard let table else { return .init("table", problem: "the table \(layout.name.display) has gone") }
    let names =
      [layout.id, layout.content, layout.embedding] + (layout.json.map { [$0] } ?? []) + layout.members.map(\.column)
    let missing = names.filter { table.column($0.name) == nil }
    return .init(
      "table",
      problem: missing.isEmpty
        ? nil : "columns have gone since the store was opened: \(missing.map(\.name).joined(separator: ", "))")
  }
}
