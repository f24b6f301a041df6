// SPDX-License-Identifier: Apache-2.0

import Synchronization
import VectorStoreCore

/// Remembers the last search.
final class RecordingBackend: VectorStoreBackend {
  static var schemes: [String] { [] }
  private let base: ReferenceBackend
  private let request = Mutex<CandidateRequest?>(nil)

  init(_ base: ReferenceBackend) { self.base = base }

  var last: CandidateRequest? { request.withLock { $0 } }

  func candidates(_ request: CandidateRequest) async throws -> CandidateSet {
    self.request.withLock { $0 = request }
    return try await base.candidates(request)
  }

  static func open(_ url: StoreURL, options: OpenOptions) async throws -> RecordingBackend {
    RecordingBackend(ReferenceBackend(options))
  }

  func recordedSpace() async throws -> RecordedSpace? { try await base.recordedSpace() }
  func record(_ space: RecordedSpace) async throws { try await base.record(space) }
  func get(ids: [String], includingVectors: Bool) async throws -> [Record] {
    try await base.get(ids: ids, includingVectors: includingVectors)
  }
  func scroll(filter: Filter?, after cursor: String?, limit: Int, includingVectors: Bool) async throws -> RecordPage {
    try await base.scroll(filter: filter, after: cursor, limit: limit, includingVectors: includingVectors)
  }
  func count(filter: Filter?) async throws -> Int { try await base.count(filter: filter) }
  func write(_ batch: WriteBatch, progress: StoreProgress.Handler?) async throws -> WriteResult {
    try await base.write(batch, progress: progress)
  }
  func ledger(sources: [String]?) async throws -> [LedgerEntry] { try await base.ledger(sources: sources) }
  func createIndex(_ specification: IndexSpecification, progress: StoreProgress.Handler?) async throws {}
  func dropIndex() async throws {}
  func rebuildIndex(concurrently: Bool, progress: StoreProgress.Handler?) async throws {}
  func indexStatus() async throws -> IndexStatus { try await base.indexStatus() }
  func statistics() async throws -> StoreStatistics { try await base.statistics() }
  func verify(progress: StoreProgress.Handler?) async throws -> VerificationReport { VerificationReport(checks: []) }
  func compact(progress: StoreProgress.Handler?) async throws -> CompactionReport {
    CompactionReport(bytesBefore: 0, bytesAfter: 0)
  }
  func backup(to path: String, progress: StoreProgress.Handler?) async throws {}
  func close() async throws {}
}
