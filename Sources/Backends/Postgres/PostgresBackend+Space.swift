// SPDX-License-Identifier: Apache-2.0

import HNSW
public import VectorStoreCore

extension PostgresBackend {
  public func recordedSpace() async throws -> RecordedSpace? {
    let state = try current()
    if let recorded = state.record?.space { return recorded }
    // Another process may have recorded one since.
    let record = try await readRecord(state)
    if let recorded = record?.space {
      update { $0.record = record }
      return recorded
    }
    return try adoptedSpace(state)
  }

  /// The space of a table that was made elsewhere: its column says the dimension, an index the metric; nobody knows the model.
  private func adoptedSpace(_ state: State) throws -> RecordedSpace? {
    guard state.record == nil, let dimension = state.layout.columnDimension else { return nil }
    let metric = options.space?.metric ?? state.index?.metric ?? (state.layout.vectorType == .bit ? .hamming : .cosine)
    return RecordedSpace(
      EmbeddingSpace(
        model: "", dimension: dimension, metric: metric, isNormalized: options.space?.isNormalized ?? false))
  }

  private func readRecord(_ state: State) async throws -> CollectionRecord? {
    let companion = CompanionTables(state.layout.name)
    return try await engine.withConnection { connection in
      try await companion.record(connection, wanted: PostgresTable(), dimension: options.space?.dimension)
    }
  }

  public func record(_ space: RecordedSpace) async throws {
    let state = try current(forWriting: true)
    try PostgresStoreOpener.check(space.space)
    try state.record?.space?.space.check(space.space)
    let companion = CompanionTables(state.layout.name)
    let isShared = state.layout.dimensionColumn != nil
    let extensionSchema = vectorExtension
    let saved = try await engine.transaction { connection -> CollectionRecord in
      try await companion.create(connection)
      try await companion.lock(connection)
      let found = try await companion.record(connection, wanted: PostgresTable(), dimension: space.space.dimension)
      var record = found ?? CollectionRecord(space: nil, table: state.layout.remembered, isOurs: false)
      if let recorded = record.space {
        try recorded.space.check(space.space)
        // A model that was not known becomes known.
        guard recorded.space.model.isEmpty, !space.space.model.isEmpty else { return record }
      }
      if let dimension = state.layout.columnDimension, dimension != space.space.dimension {
        throw VectorStoreError(
          .embeddingSpaceMismatch,
          "the table \(state.layout.name.display) holds vectors of \(dimension) dimensions, not \(space.space.dimension)",
          context: [.table: state.layout.name.display])
      }
      if record.isOurs, !isShared, state.layout.columnDimension == nil, state.layout.vectorType != .bit {
        let type = extensionSchema.type(state.layout.vectorType)
        let sql: SQLText = """
          ALTER TABLE \(state.layout.name.sql) ALTER COLUMN \(state.layout.embedding)
          TYPE \(type)(\(space.space.dimension))
          """
        _ = try await connection.execute(sql.statement(isPrepared: false))
      }
      record.space = RecordedSpace(space.space, embedderName: space.embedderName ?? record.space?.embedderName)
      try await companion.save(record, sharedDimension: isShared ? space.space.dimension : nil, connection)
      return record
    }
    try await reload(saved)
  }

  /// Reads the table's columns anew.
  private func reload(_ record: CollectionRecord) async throws {
    let name = try current().layout.name
    guard let table = try await engine.withConnection({ try await CatalogTable.read(name, $0) }) else { return }
    let layout = try LayoutReader(name: name, table: table, wanted: record.table, isOurs: record.isOurs).read()
    update { state in
      state.layout = layout
      state.record = record
    }
  }
}

extension TableLayout {
  /// The names of the columns, for remembering those of an adopted table.
  var remembered: PostgresTable {
    var table = PostgresTable(
      idColumn: id.name, contentColumn: content.name, embeddingColumn: embedding.name,
      dimensionColumn: dimensionColumn?.name,
      metadataColumns: members.map { .init($0.name) }, metadataJSONColumn: json?.name ?? "", language: language)
    switch keywords {
    case .none: table.keywords = PostgresTable.Keywords.none
    case .computed: table.keywords = .computed
    case .column(let column, _): table.keywords = .trigger(column: column.name)
    }
    return table
  }
}
