// SPDX-License-Identifier: Apache-2.0

import HNSW
import Synchronization
import VectorStoreCore

/// What a backend has to do, in the simplest way: one lock, a dictionary, a scan. With flaws it is the opposite, so that the
/// conformance suite can be seen to find them.
final class ReferenceBackend: VectorStoreBackend {
  static var schemes: [String] { ["reference"] }

  private let state: Mutex<ReferenceState>
  let flaws: Set<ReferenceFlaw>
  private static let backups = Mutex<[String: ReferenceState]>([:])

  init(_ options: OpenOptions = OpenOptions(), flaws: Set<ReferenceFlaw> = []) {
    self.flaws = flaws
    state = Mutex(ReferenceState(options))
  }

  private init(_ copy: ReferenceState) {
    flaws = []
    state = Mutex(copy)
  }

  static func open(_ url: StoreURL, options: OpenOptions) async throws -> ReferenceBackend {
    ReferenceBackend(options)
  }

  static func openBackup(_ path: String) throws -> ReferenceBackend {
    guard let copy = backups.withLock({ $0[path] }) else { throw VectorStoreError(.notFound, "there is no '\(path)'") }
    return ReferenceBackend(copy)
  }

  private func use<T>(_ body: (inout ReferenceState) throws -> T) throws -> T {
    try state.withLock { state in
      guard !state.isClosed || flaws.contains(.answersWhenClosed) else {
        throw VectorStoreError(.unavailable, "the store is closed")
      }
      return try body(&state)
    }
  }

  func recordedSpace() async throws -> RecordedSpace? { try use { $0.space } }

  func record(_ space: RecordedSpace) async throws {
    try use { state in
      if let old = state.space { try old.space.check(space.space) } else { state.space = space }
    }
  }

  func candidates(_ request: CandidateRequest) async throws -> CandidateSet {
    let scan = ReferenceScan(request: request, flaws: flaws)
    guard flaws.contains(.tornReads) else {
      return try use {
        try CandidateSet(nearest: scan.nearest($0), keywords: scan.keywords($0), explanation: explanation(request))
      }
    }
    let nearest = try use { try scan.nearest($0) }
    try await Task.sleep(for: .milliseconds(1))
    return CandidateSet(nearest: nearest, keywords: try use { try scan.keywords($0) })
  }

  private func explanation(_ request: CandidateRequest) -> JSONObject? {
    request.explains ? ["plan": "scan", "times": ["scan_ms": 0.5]] : nil
  }

  func get(ids: [String], includingVectors: Bool) async throws -> [Record] {
    try use { state in
      let records = ids.compactMap { state.records[key($0)] }
      let ordered = flaws.contains(.sortsGets) ? records.sorted { $0.id < $1.id } : records
      return includingVectors ? ordered : ordered.map { $0.withoutVector }
    }
  }

  func scroll(filter: Filter?, after cursor: String?, limit: Int, includingVectors: Bool) async throws -> RecordPage {
    try use { state in
      var records = state.sorted.filter { ReferenceScan.matches(filter, $0, flaws) }
      if flaws.contains(.scrollsByOffset) {
        let offset = cursor.flatMap { Int($0) } ?? 0
        let page = records.dropFirst(offset).prefix(limit)
        let next = offset + page.count
        return RecordPage(records: Array(page), cursor: next < records.count ? String(next) : nil)
      }
      if let cursor { records.removeAll { !cursor.utf8.lexicographicallyPrecedes($0.id.utf8) } }
      let page = records.prefix(limit).map { includingVectors ? $0 : $0.withoutVector }
      return RecordPage(records: page, cursor: records.count > limit ? page.last?.id : nil)
    }
  }

  func count(filter: Filter?) async throws -> Int {
    try use { state in state.records.values.count { ReferenceScan.matches(filter, $0, flaws) } }
  }

  func write(_ batch: WriteBatch, progress: StoreProgress.Handler?) async throws -> WriteResult {
    try use { state in
      var copy = state
      defer { if flaws.contains(.keepsHalfOfABatch) { state = copy } }
      let result = try ReferenceWriter(flaws: flaws, key: key).write(batch, to: &copy)
      state = copy
      progress?(StoreProgress(phase: .writing, done: batch.upserts.count, total: batch.upserts.count))
      return result
    }
  }

  func ledger(sources: [String]?) async throws -> [LedgerEntry] {
    try use { state in
      let wanted = sources.map { Set($0.map { Array($0.utf8) }) }
      return state.ledger.values.filter { wanted?.contains(Array($0.source.utf8)) ?? true }
    }
  }

  private func key(_ id: String) -> [UInt8] { ReferenceState.key(id, foldsCanonical: flaws.contains(.foldsIDs)) }
}

extension ReferenceBackend {
  func createIndex(_ specification: IndexSpecification, progress: StoreProgress.Handler?) async throws {
    guard specification.kind != .ivfflat else { throw VectorStoreError(.unsupported, "there is no IVFFlat here") }
    guard (2...100).contains(specification.m ?? 16), (4...1_000).contains(specification.efConstruction ?? 64) else {
      throw VectorStoreError(.invalidArgument, "m is 2…100, efConstruction 4…1000")
    }
    try use {
      $0.index = IndexStatus(state: specification.kind == .exact ? .none : .ready, specification: specification)
    }
  }

  func dropIndex() async throws {
    try use { $0.index = IndexStatus(state: .none, specification: IndexSpecification(.exact)) }
  }

  func rebuildIndex(concurrently: Bool, progress: StoreProgress.Handler?) async throws { try use { _ in } }

  func indexStatus() async throws -> IndexStatus { try use { $0.index } }

  func statistics() async throws -> StoreStatistics {
    try use { state in
      StoreStatistics(
        count: state.records.count, space: state.space?.space, embedderName: state.space?.embedderName, bytes: nil,
        index: state.index)
    }
  }

  func verify(progress: StoreProgress.Handler?) async throws -> VerificationReport {
    try use { _ in VerificationReport(checks: [.init("memory")]) }
  }

  func compact(progress: StoreProgress.Handler?) async throws -> CompactionReport {
    try use { _ in CompactionReport(bytesBefore: 0, bytesAfter: 0) }
  }

  func backup(to path: String, progress: StoreProgress.Handler?) async throws {
    let copy = try use { $0 }
    try Self.backups.withLock { backups in
      guard backups[path] == nil else { throw VectorStoreError(.io, "there is something at '\(path)'") }
      backups[path] = copy
    }
  }

  func close() async throws { state.withLock { $0.isClosed = true } }
}

extension Record {
  fileprivate var withoutVector: Record { Record(id: id, content: content, metadata: metadata) }
}
