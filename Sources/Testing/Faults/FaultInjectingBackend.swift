// SPDX-License-Identifier: Apache-2.0

public import VectorStoreCore

/// A backend around another one, whose calls are counted and fail or wait as a test says.
///
/// ```swift
/// let backend = FaultInjectingBackend(around: real)
/// backend.inject(.fails(), at: .write, call: 2)
/// let store = VectorStore(backend: backend, embedder: DeterministicEmbedder())
/// ```
public struct FaultInjectingBackend: VectorStoreBackend {
  /// The backend that does the work.
  public let base: any VectorStoreBackend
  private let log = FaultLog()

  /// A backend around another one, without faults yet.
  public init(around base: any VectorStoreBackend) { self.base = base }

  /// None: it is made around a backend that is open.
  public static var schemes: [String] { [] }

  /// Always fails.
  public static func open(_ url: StoreURL, options: OpenOptions) async throws -> FaultInjectingBackend {
    throw VectorStoreError(.unsupported, "a fault-injecting backend is made around an open one")
  }

  /// Makes one call go wrong.
  ///
  /// - Parameter number: which call of this kind from now on, from 1.
  public func inject(_ fault: BackendFault, at call: BackendCall, call number: Int = 1) {
    log.add(fault, at: call, number: number, isLasting: false)
  }

  /// Makes all calls of a kind go wrong.
  ///
  /// - Parameter number: from which call on, from 1.
  public func injectAlways(_ fault: BackendFault, at call: BackendCall, from number: Int = 1) {
    log.add(fault, at: call, number: number, isLasting: true)
  }

  /// Nothing goes wrong from now on.
  public func heal() { log.removeAll() }

  /// How many calls of a kind were made.
  public func count(of call: BackendCall) -> Int { log.count(of: call) }

  private func call<T>(_ call: BackendCall, _ body: () async throws -> T) async throws -> T {
    guard let fault = log.begin(call) else { return try await body() }
    if let delay = fault.delay { try await Task.sleep(for: delay) }
    guard let error = fault.error else { return try await body() }
    if fault.moment == .after { _ = try await body() }
    throw error
  }
}

extension FaultInjectingBackend {
  public var idForm: IDForm { base.idForm }

  public func recordedSpace() async throws -> RecordedSpace? {
    try await call(.recordedSpace) { try await base.recordedSpace() }
  }

  public func record(_ space: RecordedSpace) async throws {
    try await call(.record) { try await base.record(space) }
  }

  public func candidates(_ request: CandidateRequest) async throws -> CandidateSet {
    try await call(.candidates) { try await base.candidates(request) }
  }

  public func get(ids: [String], includingVectors: Bool) async throws -> [Record] {
    try await call(.get) { try await base.get(ids: ids, includingVectors: includingVectors) }
  }

  public func scroll(
    filter: Filter?, after cursor: String?, limit: Int, includingVectors: Bool
  ) async throws -> RecordPage {
    try await call(.scroll) {
      try await base.scroll(filter: filter, after: cursor, limit: limit, includingVectors: includingVectors)
    }
  }

  public func count(filter: Filter?) async throws -> Int {
    try await call(.count) { try await base.count(filter: filter) }
  }

  public func write(_ batch: WriteBatch, progress: StoreProgress.Handler?) async throws -> WriteResult {
    try await call(.write) { try await base.write(batch, progress: progress) }
  }

  public func ledger(sources: [String]?) async throws -> [LedgerEntry] {
    try await call(.ledger) { try await base.ledger(sources: sources) }
  }

  public func createIndex(_ specification: IndexSpecification, progress: StoreProgress.Handler?) async throws {
    try await call(.createIndex) { try await base.createIndex(specification, progress: progress) }
  }

  public func dropIndex() async throws { try await call(.dropIndex) { try await base.dropIndex() } }

  public func rebuildIndex(concurrently: Bool, progress: StoreProgress.Handler?) async throws {
    try await call(.rebuildIndex) { try await base.rebuildIndex(concurrently: concurrently, progress: progress) }
  }

  public func indexStatus() async throws -> IndexStatus {
    try await call(.indexStatus) { try await base.indexStatus() }
  }

  public func statistics() async throws -> StoreStatistics {
    try await call(.statistics) { try await base.statistics() }
  }

  public func verify(progress: StoreProgress.Handler?) async throws -> VerificationReport {
    try await call(.verify) { try await base.verify(progress: progress) }
  }

  public func compact(progress: StoreProgress.Handler?) async throws -> CompactionReport {
    try await call(.compact) { try await base.compact(progress: progress) }
  }

  public func backup(to path: String, progress: StoreProgress.Handler?) async throws {
    try await call(.backup) { try await base.backup(to: path, progress: progress) }
  }

  public func close() async throws { try await call(.close) { try await base.close() } }
}
