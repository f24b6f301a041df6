// SPDX-License-Identifier: Apache-2.0

import HNSW
public import VectorStoreCore

extension PostgresBackend {
  public static func open(_ url: StoreURL, options: OpenOptions) async throws -> PostgresBackend {
    try await open(url, table: PostgresTable(), options: options)
  }

  /// Opens a collection in a table of the given layout, with a pool of its own that is closed with the store.
  ///
  /// - Parameter table: the names of the columns; what is nil is as the table was made, else LangChain's.
  public static func open(
    _ url: StoreURL, table: PostgresTable, engineOptions: PGEngine.Options? = nil, options: OpenOptions
  ) async throws -> PostgresBackend {
    var engineOptions = engineOptions ?? PGEngine.Options()
    engineOptions.logger = options.logger
    let engine = try PGEngine(url.location, options: engineOptions)
    do {
      return try await PostgresStoreOpener(engine: engine, ownsEngine: true, wanted: table, options: options).open()
    } catch {
      await engine.close()
      throw error
    }
  }

  /// Opens a collection on an engine, whose pool several stores can share; it is not closed with the store.
  public static func open(
    _ engine: PGEngine, table: PostgresTable = PostgresTable(), options: OpenOptions = OpenOptions()
  ) async throws -> PostgresBackend {
    try await PostgresStoreOpener(engine: engine, ownsEngine: false, wanted: table, options: options).open()
  }
}

/// Finds or makes the table that a URL and options mean.
struct PostgresStoreOpener {
  let engine: PGEngine
  let ownsEngine: Bool
  let wanted: PostgresTable
  let options: OpenOptions

  func open() async throws -> PostgresBackend {
    let name = TableName(
      schema: try SQLIdentifier(wanted.schema ?? "public", what: "schema"),
      table: try SQLIdentifier(options.table, what: "table"))
    if let space = options.space { try Self.check(space) }
    if wanted.overwritesExisting, options.access != .createIfMissing {
      throw VectorStoreError(
        .invalidArgument, "a table is made anew only where one may be made: open it with createIfMissing")
    }
    let (vectorExtension, version) = try await engine.withConnection { connection in
      (try await readExtension(connection), connection.serverVersion)
    }
    var found = wanted.overwritesExisting ? nil : try await read(name)
    if found == nil {
      guard options.access == .createIfMissing else { throw try await missing(name) }
      try await create(name, vectorExtension)
      found = try await read(name)
    } else if let existing = found, !options.declaredFields.isEmpty, options.access != .readOnly, existing.record != nil
    {
      try await createFieldIndexes(existing.layout)
    }
    guard let found else { throw try await missing(name) }
    let backend = PostgresBackend(
      engine: engine, ownsEngine: ownsEngine, options: options, vectorExtension: vectorExtension,
      serverVersion: version,
      state: found)
    try await backend.refreshIndex()
    return backend
  }

  // MARK: Finding

  private func readExtension(_ connection: PGConnection) async throws -> VectorExtension {
    if let found = try await VectorExtension.read(connection) { return found }
    guard options.access == .createIfMissing else {
      throw VectorStoreError(
        .unsupported, "the database has no pgvector; run CREATE EXTENSION vector; as a user who may")
    }
    try await VectorExtension.create(connection)
    guard let made = try await VectorExtension.read(connection) else {
      throw VectorStoreError(
        .unsupported, "the database has no pgvector; run CREATE EXTENSION vector; as a user who may")
    }
    return made
  }

  /// The table as it is, checked against the options; nil where there is none.
  private func read(_ name: TableName) async throws -> PostgresBackend.State? {
    let wantedDimension = options.space?.dimension
    let found = try await engine.transaction(.snapshot) { connection -> (CatalogTable, CollectionRecord?)? in
      guard let table = try await CatalogTable.read(name, connection) else { return nil }
      let record = try await CompanionTables(name).record(connection, wanted: wanted, dimension: wantedDimension)
      return (table, record)
    }
    guard let (table, record) = found else { return nil }
    let layout = try LayoutReader(
      name: name, table: table, wanted: record?.table ?? wanted, isOurs: record?.isOurs ?? false
    ).read()
    var state = PostgresBackend.State(layout: layout, record: record)
    try check(&state)
    return state
  }

  /// Compares the space with the recorded one, else with what the column says.
  private func check(_ state: inout PostgresBackend.State) throws {
    let layout = state.layout
    guard let space = options.space else { return }
    if let recorded = state.record?.space {
      try recorded.space.check(space)
      return
    }
    if let dimension = layout.columnDimension, dimension != space.dimension {
      throw VectorStoreError(
        .embeddingSpaceMismatch,
        "the table \(layout.name.display) holds vectors of \(dimension) dimensions, the embedder's have \(space.dimension). "
          + "Use the embedder that made the table, or another table", context: [.table: layout.name.display])
    }
    guard space.metric.isBinary == (layout.vectorType == .bit) else {
      throw VectorStoreError(
        .embeddingSpaceMismatch,
        "the table \(layout.name.display) holds vectors of type \(layout.vectorType.rawValue), which are not compared by "
          + space.metric.rawValue, context: [.table: layout.name.display])
    }
  }

  private func missing(_ name: TableName) async throws -> VectorStoreError {
    let sql: SQLText = """
      SELECT DISTINCT n.nspname || '.' || c.relname, n.nspname <> \(bind: .text(name.schema.name)) FROM pg_catalog.pg_attribute a
      JOIN pg_catalog.pg_class c ON c.oid = a.attrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
      WHERE t.typname IN ('vector', 'halfvec', 'sparsevec') AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND a.attnum > 0 ORDER BY 2, 1 LIMIT 20
      """
    let result = try await engine.withConnection { try await $0.execute(sql.statement(isPrepared: false)) }
    let others = (0..<result.rowCount).compactMap { result.text($0, 0) }
    let list =
      others.isEmpty
      ? "the database has no table of vectors" : "tables of vectors here: \(others.joined(separator: ", "))"
    return VectorStoreError(
      .notFound, "there is no table \(name.display) (\(list)); ingest or import makes one",
      context: [.table: name.display])
  }

  // MARK: Making

  private func create(_ name: TableName, _ vectorExtension: VectorExtension) async throws {
    if wanted.createsSchema {
      let sql: SQLText = "CREATE SCHEMA IF NOT EXISTS \(name.schema)"
      _ = try await engine.withConnection { try await $0.execute(sql.statement(isPrepared: false)) }
    }
    try await engine.transaction { connection in
      let companion = CompanionTables(name)
      try await companion.lock(connection)
      if wanted.overwritesExisting {
        let drop: SQLText = "DROP TABLE IF EXISTS \(name.sql)"
        _ = try await connection.execute(drop.statement(isPrepared: false))
        try await companion.forget(connection)
      } else if try await CatalogTable.read(name, connection) != nil {
        // Another process was faster.
        return
      }
      let table = try await TableCreation(
        name: name, wanted: wanted, space: options.space, hasKeywords: options.keywords,
        vectorExtension: vectorExtension, connection: connection
      ).run()
      let space = options.space.map { RecordedSpace($0, embedderName: options.embedderName) }
      try await companion.save(
        CollectionRecord(space: space, table: table, isOurs: true),
        sharedDimension: table.dimensionColumn == nil ? nil : options.space?.dimension, connection)
    }
  }

  /// Makes the indexes that help filters on the declared fields, where they are missing.
  private func createFieldIndexes(_ layout: TableLayout) async throws {
    for field in options.declaredFields {
      guard case .metadata = field.location else {
        throw VectorStoreError(.invalidArgument, "\(field) cannot be declared; declared fields are metadata fields")
      }
      guard
        let index = FilterIndex(
          for: field, columns: layout.filterColumns, schema: layout.name.schema, table: layout.name.table)
      else { continue }
      _ = try await engine.withConnection { try await $0.execute(index.definition.statement(isPrepared: false)) }
    }
  }

  static func check(_ space: EmbeddingSpace) throws {
    let limit = space.metric.isBinary ? 64_000 : 16_000
    guard (1...limit).contains(space.dimension) else {
      throw VectorStoreError(.invalidArgument, "a vector must have 1 to \(limit) dimensions, not \(space.dimension)")
    }
  }
}
