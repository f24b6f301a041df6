// SPDX-License-Identifier: Apache-2.0

import HNSW
import VectorStoreCore

/// Makes the table of a new collection, within a transaction.
struct TableCreation {
  let name: TableName
  let wanted: PostgresTable
  let space: EmbeddingSpace?
  let hasKeywords: Bool
  let vectorExtension: VectorExtension
  let connection: PGConnection

  /// The layout's names as they are remembered: with all that was chosen for the new table.
  func run() async throws -> PostgresTable {
    var table = wanted
    table.idColumn = wanted.idColumn ?? "langchain_id"
    table.contentColumn = wanted.contentColumn ?? "content"
    table.embeddingColumn = wanted.embeddingColumn ?? "embedding"
    table.metadataJSONColumn = wanted.metadataJSONColumn ?? "langchain_metadata"
    table.metadataColumns = wanted.metadataColumns ?? []
    table.language = wanted.language ?? "simple"
    table.keywords =
      hasKeywords ? wanted.keywords ?? .trigger(column: "\(table.contentColumn ?? "content")_tsv") : .some(.none)
    if case .list(let column) = table.partitioning { addPartitionColumn(column, to: &table) }
    if case .hash(let column, _) = table.partitioning { addPartitionColumn(column, to: &table) }
    try await createTable(table)
    try await createPartitions(table)
    try await createKeywords(table)
    return table
  }

  private func addPartitionColumn(_ column: String, to table: inout PostgresTable) {
    var columns = table.metadataColumns ?? []
    if let place = columns.firstIndex(where: { $0.name.utf8.elementsEqual(column.utf8) }) {
      columns[place].isNullable = false
    } else {
      columns.append(.init(column, type: "text", isNullable: false))
    }
    table.metadataColumns = columns
  }

  // MARK: Statements

  private func createTable(_ table: PostgresTable) async throws {
    let id = try SQLIdentifier(table.idColumn ?? "", what: "id column")
    var columns: [SQLText] = []
    switch table.idType ?? .text {
    case .text: columns.append("\(id) text COLLATE \"C\" NOT NULL")
    case .uuid: columns.append("\(id) uuid NOT NULL")
    case .bigint: columns.append("\(id) bigint NOT NULL")
    }
    columns.append("\(try SQLIdentifier(table.contentColumn ?? "", what: "content column")) text NOT NULL")
    let embedding = try SQLIdentifier(table.embeddingColumn ?? "", what: "embedding column")
    columns.append("\(embedding) \(try vectorType()) NOT NULL")
    if let dimension = table.dimensionColumn {
      // By itself, so that it is right whoever writes.
      let column = try SQLIdentifier(dimension, what: "dimension column")
      columns.append(
        "\(column) integer GENERATED ALWAYS AS (\(vectorExtension.schema).vector_dims(\(embedding))) STORED NOT NULL")
    }
    switch table.keywords {
    case .trigger(let column): columns.append("\(try SQLIdentifier(column, what: "keyword column")) tsvector")
    case .generated(let column):
      let keywords = try SQLIdentifier(column, what: "keyword column")
      columns.append("\(keywords) tsvector GENERATED ALWAYS AS (\(try keywordVector(table))) STORED")
    case .computed, .some(.none), nil: break
    }
    for column in table.metadataColumns ?? [] {
      let type = try SQLTypeName(column.type ?? "text")
      columns.append(
        "\(try SQLIdentifier(column.name, what: "metadata column")) \(type)\(column.isNullable ? "" : " NOT NULL")")
    }
    if let json = table.metadataJSONColumn, !json.isEmpty {
      columns.append("\(try SQLIdentifier(json, what: "metadata column")) \(table.usesTextJSON ? "json" : "jsonb")")
    }
    var sql: SQLText = "CREATE TABLE \(name.sql) (\(columns.joined(by: ", "))"
    switch table.partitioning {
    case nil: sql += ", PRIMARY KEY (\(id)))"
    case .list(let column):
      let key = try SQLIdentifier(column, what: "partition column")
      sql += ", PRIMARY KEY (\(key), \(id))) PARTITION BY LIST (\(key))"
    case .hash(let column, _):
      let key = try SQLIdentifier(column, what: "partition column")
      sql += ", PRIMARY KEY (\(key), \(id))) PARTITION BY HASH (\(key))"
    }
    try await run(sql)
  }

  private func vectorType() throws -> SQLText {
    let type = wanted.vectorType ?? (space?.metric.isBinary == true ? .bit : .vector)
    if let metric = space?.metric, metric.isBinary != (type == .bit) {
      throw VectorStoreError(
        .invalidArgument,
        "vectors of type \(type.rawValue) are not compared by \(metric.rawValue); "
          + "hamming and jaccard are for bit, the other metrics for vector, halfvec and sparsevec")
    }
    guard type == .vector || type == .bit || vectorExtension.hasHalfVectors else {
      throw VectorStoreError(
        .unsupported, "\(type.rawValue) needs pgvector 0.7.0; the server has \(vectorExtension.versionText)")
    }
    guard wanted.dimensionColumn == nil else {
      guard type == .vector else {
        throw VectorStoreError(
          .invalidArgument, "a dimension column is for vectors of type vector, not \(type.rawValue)")
      }
      return vectorExtension.type(.vector)
    }
    guard let space else {
      guard type != .bit else {
        throw VectorStoreError(.invalidArgument, "a table of bit vectors needs their dimension")
      }
      return vectorExtension.type(type)
    }
    return "\(vectorExtension.type(type))(\(space.dimension))"
  }

  private func createPartitions(_ table: PostgresTable) async throws {
    guard case .hash(_, let count) = table.partitioning else { return }
    guard (1...1_024).contains(count) else {
      throw VectorStoreError(.invalidArgument, "a table has 1 to 1,024 partitions by hash, not \(count)")
    }
    for number in 0..<count {
      let partition = SQLIdentifier.derived(from: [name.table.name, String(number)], suffix: "part")
      try await run(
        """
        CREATE TABLE \(name.schema).\(partition) PARTITION OF \(name.sql)
        FOR VALUES WITH (MODULUS \(count), REMAINDER \(number))
        """)
    }
  }

  private func keywordVector(_ table: PostgresTable) throws -> SQLText {
    KeywordText.vector(of: "\(try SQLIdentifier(table.contentColumn ?? "content"))", try keywordConfiguration(table))
  }

  private func keywordConfiguration(_ table: PostgresTable) throws -> KeywordConfiguration {
    try KeywordConfiguration(table.language ?? "simple", form: .folded)
  }

  private func createKeywords(_ table: PostgresTable) async throws {
    let expression: SQLText
    switch table.keywords {
    case .trigger(let column):
      let trigger = KeywordTrigger(
        schema: name.schema, table: name.table, column: try SQLIdentifier(column),
        content: try SQLIdentifier(table.contentColumn ?? "content"), configuration: try keywordConfiguration(table))
      for statement in trigger.definition { try await run(statement) }
      expression = "\(trigger.column)"
    case .generated(let column): expression = "\(try SQLIdentifier(column))"
    case .computed: expression = "(\(try keywordVector(table)))"
    case .some(.none), nil: return
    }
    try await run(
      "CREATE INDEX \(SQLIdentifier.derived(from: [name.table.name], suffix: "keywords")) ON \(name.sql) USING gin (\(expression))"
    )
  }

  private func run(_ sql: SQLText) async throws { _ = try await connection.execute(sql.statement(isPrepared: false)) }
}
