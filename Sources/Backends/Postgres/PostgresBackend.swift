// SPDX-License-Identifier: Apache-2.0

import HNSW
import Logging
import Synchronization
public import VectorStoreCore

/// A collection in a table of PostgreSQL with pgvector, table-compatible with LangChain's `PGVectorStore`.
///
/// ```swift
/// let engine = try PGEngine("postgresql+asyncpg://langchain:langchain@localhost:5432/langchain")
/// let backend = try await PostgresBackend.open(engine, options: OpenOptions(table: "vectors"))
/// let store = VectorStore(backend: backend, embedder: embedder)
/// ```
///
/// It may be used from any number of tasks; each call takes a connection of the engine's pool for as long as it needs it.
public final class PostgresBackend: VectorStoreBackend {
  /// `postgresql`, which stands for `postgres` and SQLAlchemy's names too.
  public static let schemes = ["postgresql"]

  /// What is known of the collection; it changes when its space is recorded and its index is made.
  struct State: Sendable {
    var layout: TableLayout
    var record: CollectionRecord?
    var index: VectorIndex?
    /// The metric of the table's indexes, which says how an adopted table's vectors are meant.
    var indexMetric: Metric?
    /// Values of the partition column that are known to have a partition.
    var partitions: Set<String> = []
    var isClosed = false
    /// Another number for each state, upwards.
    var version: UInt64 = 1
    /// Rows written here since the table's statistics were brought up to date.
    var writtenRows = 0
  }

  let engine: PGEngine
  private let ownsEngine: Bool
  let options: OpenOptions
  /// The layout that was asked for.
  let wanted: PostgresTable
  let vectorExtension: VectorExtension
  let serverVersion: Int
  let templates = SearchTemplates()
  private let state: Mutex<State>

  init(
    engine: PGEngine, ownsEngine: Bool, options: OpenOptions, wanted: PostgresTable, vectorExtension: VectorExtension,
    serverVersion: Int,
    state: State
  ) {
    self.engine = engine
    self.ownsEngine = ownsEngine
    self.options = options
    self.wanted = wanted
    self.vectorExtension = vectorExtension
    self.serverVersion = serverVersion
    self.state = Mutex(state)
  }

  // MARK: What is known

  /// What is known now.
  ///
  /// - Throws: ``VectorStoreError/Code/unavailable`` once the store is closed, ``VectorStoreError/Code/readOnly``.
  func current(forWriting: Bool = false) throws -> State {
    let state = state.withLock { $0 }
    guard !state.isClosed else { throw Self.closed }
    guard !forWriting || options.access != .readOnly else {
      throw VectorStoreError(.readOnly, "the store was opened for reading only")
    }
    return state
  }

  public var idForm: IDForm {
    switch state.withLock({ $0.layout.idType }) {
    case .text: .text
    case .uuid: .uuid
    case .bigint: .integer
    }
  }

  /// The number of the state that is known now; ``current(forWriting:)`` without the copy.
  ///
  /// - Throws: ``VectorStoreError/Code/unavailable`` once the store is closed.
  func currentVersion() throws -> UInt64 {
    let (version, isClosed) = state.withLock { ($0.version, $0.isClosed) }
    guard !isClosed else { throw Self.closed }
    return version
  }

  func update(_ change: (inout State) -> Void) {
    state.withLock { state in
      change(&state)
      state.version += 1
    }
  }

  private static var closed: VectorStoreError { VectorStoreError(.unavailable, "the store has been closed") }

  var companion: CompanionTables { CompanionTables(state.withLock { $0.layout.name }) }

  // MARK: Reading

  public func get(ids: [String], includingVectors: Bool) async throws -> [Record] {
    let state = try current()
    let coding = IDCoding(state.layout)
    let wanted = ids.map { coding.canonical($0) }
    guard wanted.contains(where: { $0 != nil }) else { return [] }
    let selection = RowSelection(state.layout, includesVectors: includingVectors)
    let sql = RecordReader(layout: state.layout, scope: scope(state)).statement(
      ids: ids, includingVectors: includingVectors)
    let result = try await engine.withConnection { try await $0.execute(sql.statement()) }
    var records: [ByteKey: Record] = [:]
    for row in 0..<result.rowCount {
      let record = try selection.record(result, row: row)
      records[ByteKey(record.id)] = record
    }
    return wanted.compactMap { id in id.flatMap { records[ByteKey($0)] } }
  }

  public func scroll(
    filter: Filter?, after cursor: String?, limit: Int, includingVectors: Bool
  ) async throws -> RecordPage {
    guard limit > 0 else {
      throw VectorStoreError(.invalidArgument, "a page must have room for at least one record, not \(limit)")
    }
    let state = try current()
    let selection = RowSelection(state.layout, includesVectors: includingVectors)
    let (pageSize, overflows) = limit.addingReportingOverflow(1)
    // One more than asked for tells whether there are more.
    let sql = RecordReader(layout: state.layout, scope: scope(state)).page(
      try condition(filter, state), after: cursor, limit: overflows ? limit : pageSize,
      includingVectors: includingVectors)
    let result = try await engine.withConnection { try await $0.execute(sql.statement()) }
    let count = min(result.rowCount, limit)
    let records = try (0..<count).map { try selection.record(result, row: $0) }
    return RecordPage(records: records, cursor: result.rowCount > limit ? records.last?.id : nil)
  }

  public func count(filter: Filter?) async throws -> Int {
    let state = try current()
    let sql = RecordReader(layout: state.layout, scope: scope(state)).count(try condition(filter, state))
    return try await engine.withConnection { try await $0.execute(sql.statement()) }.int(0, 0) ?? 0
  }

  public func ledger(sources: [String]?) async throws -> [LedgerEntry] {
    let state = try current()
    let ledger = LedgerTable(companion: CompanionTables(state.layout.name), layout: state.layout)
    return try await engine.withConnection { try await ledger.entries(sources: sources, $0) }
  }

  // MARK: Parts of statements

  /// - Parameter dimension: the query's, for a table without a recorded space.
  func scope(_ state: State, orOf dimension: Int? = nil) -> TableScope {
    TableScope(
      layout: state.layout, dimension: state.record?.space?.space.dimension ?? options.space?.dimension ?? dimension)
  }

  /// A filter as SQL; nil for none.
  func condition(_ filter: Filter?, _ state: State) throws -> SQLText? {
    guard let filter, filter != .all else { return nil }
    return try FilterTranslator(columns: state.layout.filterColumns, serverVersion: serverVersion).condition(filter)
  }

  // MARK: Closing

  public func close() async throws {
    let wasClosed = state.withLock { state in
      defer { state.isClosed = true }
      return state.isClosed
    }
    if !wasClosed, ownsEngine { await engine.close() }
  }
}
