// SPDX-License-Identifier: Apache-2.0

public import VectorStoreCore

/// The collections of LangChain's older `PGVector`: all in two tables, `langchain_pg_collection` and
/// `langchain_pg_embedding`.
public struct LegacyCollections: Sendable {
  private let engine: PGEngine
  private let schema: String

  /// The collections of a database.
  public init(engine: PGEngine, schema: String = "public") {
    self.engine = engine
    self.schema = schema
  }

  /// The names, with how many documents each has.
  ///
  /// - Throws: ``VectorStoreError/Code/notFound`` where the database has no such tables.
  public func names() async throws -> [(name: String, count: Int)] {
    let columns = try await columns()
    let schema = try SQLIdentifier(schema, what: "schema")
    let sql: SQLText = """
      SELECT c.name::text, count(e.\(columns.id)) FROM \(schema).langchain_pg_collection c
      LEFT JOIN \(schema).langchain_pg_embedding e ON e.collection_id = c.uuid GROUP BY c.name ORDER BY c.name
      """
    let result = try await engine.withConnection { try await $0.execute(sql.statement()) }
    return (0..<result.rowCount).map { (name: result.text($0, 0) ?? "", count: result.int($0, 1) ?? 0) }
  }

  /// Copies a collection's documents with their vectors into a store; ids that are there are replaced.
  ///
  /// - Parameter batchSize: documents of one transaction. What is written stays when a later one fails; a second run goes over
  ///   all again.
  /// - Returns: how many were copied.
  public func copy(
    _ collection: String, to store: VectorStore, batchSize: Int = 1_000, progress: StoreProgress.Handler? = nil
  ) async throws -> Int {
    guard batchSize > 0 else {
      throw VectorStoreError(.invalidArgument, "a batch has at least one document, not \(batchSize)")
    }
    let columns = try await columns()
    guard let total = try await names().first(where: { $0.name.utf8.elementsEqual(collection.utf8) })?.count else {
      let known = try await names().map { "'\($0.name)'" }.joined(separator: ", ")
      throw VectorStoreError(
        .notFound, "there is no collection '\(collection)' of LangChain's; there are: \(known.isEmpty ? "none" : known)"
      )
    }
    var done = 0
    var last: String?
    while true {
      try Task.checkCancellation()
      let page = try await page(collection, columns, after: last, limit: batchSize)
      guard !page.records.isEmpty else { break }
      let rows = page.records
      _ = try await store.add(
        rows.map(\.document), embeddings: rows.map(\.vector))
      done += rows.count
      last = page.cursor
      progress?(StoreProgress(phase: .writing, done: done, total: total))
    }
    return done
  }

  // MARK: Reading

  private struct Columns: Sendable {
    /// The key that rows are read by.
    let id: SQLIdentifier
    /// The id that the documents had for their users, of older versions.
    let customID: SQLIdentifier?
  }

  private func columns() async throws -> Columns {
    let name = TableName(
      schema: try SQLIdentifier(schema, what: "schema"), table: SQLIdentifier(known: "langchain_pg_embedding"))
    guard let table = try await engine.withConnection({ try await CatalogTable.read(name, $0) }) else {
      throw VectorStoreError(
        .notFound, "there is no table \(name.display): this database has no collections of LangChain's older PGVector")
    }
    if table.column("id") != nil { return Columns(id: SQLIdentifier(known: "id"), customID: nil) }
    return Columns(
      id: SQLIdentifier(known: "uuid"),
      customID: table.column("custom_id") == nil ? nil : SQLIdentifier(known: "custom_id"))
  }

  private func page(
    _ collection: String, _ columns: Columns, after last: String?, limit: Int
  ) async throws -> (records: [Record], cursor: String?) {
    let schema = try SQLIdentifier(schema, what: "schema")
    let id: SQLText =
      columns.customID.map { "coalesce(nullif(e.\($0)::text, ''), e.\(columns.id)::text)" } ?? "e.\(columns.id)::text"
    let after: SQLText = last.map { "AND (e.\(columns.id)::text) COLLATE \"C\" > \(bind: .text($0))" } ?? ""
    let sql: SQLText = """
      SELECT e.\(columns.id)::text, \(id), e.document::text, e.cmetadata::text, e.embedding
      FROM \(schema).langchain_pg_embedding e JOIN \(schema).langchain_pg_collection c ON c.uuid = e.collection_id
      WHERE c.name = \(bind: .text(collection)) AND e.embedding IS NOT NULL \(after)
      ORDER BY (e.\(columns.id)::text) COLLATE "C" LIMIT \(limit)
      """
    let result = try await engine.withConnection { try await $0.execute(sql.statement()) }
    var records: [Record] = []
    for row in 0..<result.rowCount {
      let metadata = try result.text(row, 3).map { try JSONValue(parsing: $0).objectValue ?? [:] } ?? [:]
      let vector = result.bytes(row, 4) { VectorCodec.decode($0, as: .vector) ?? [] } ?? []
      records.append(
        Record(id: result.text(row, 1) ?? "", content: result.text(row, 2) ?? "", metadata: metadata, vector: vector))
    }
    return (records, result.rowCount == 0 ? nil : result.text(result.rowCount - 1, 0))
  }
}
