// SPDX-License-Identifier: Apache-2.0

/// One sync: takes sources, writes them in groups, cleans up.
struct SyncRun {
  let store: VectorStore
  let cleanup: SyncCleanup
  let isDry: Bool
  private(set) var total: Int?
  let progress: StoreProgress.Handler?

  private var report = SyncReport()
  /// What the store's ledger is after the writes that were planned.
  private var ledger: SyncLedger
  /// Which source has an id in this run.
  private var owners: [ByteKey: String] = [:]
  /// The sources of this run, those that failed too.
  private var sources: Set<ByteKey> = []
  /// What was deleted in this run.
  private var removed: Set<ByteKey> = []
  private var pending = SyncGroup()
  /// Documents that are written or skipped.
  private var done = 0

  init(
    store: VectorStore, cleanup: SyncCleanup, isDry: Bool, total: Int?, progress: StoreProgress.Handler?
  ) async throws {
    _ = try await store.recordedSpace()
    self.store = store
    self.cleanup = cleanup
    self.isDry = isDry
    self.total = total
    self.progress = progress
    ledger = SyncLedger(try await store.backend.ledger(sources: nil))
  }

  /// Takes what a source holds now.
  mutating func take(_ source: SourceDocuments) async throws {
    guard sources.insert(ByteKey(source.source)).inserted else { return fail(source, "the source is given twice") }
    if let failure = source.failure { return fail(source, failure) }
    let documents: [SyncDocument]
    do {
      documents = try SyncDocument.documents(of: source, idForm: store.backend.idForm)
    } catch let error as VectorStoreError {
      return fail(source, Self.reason(of: error))
    }
    if let taken = documents.first(where: { owners[ByteKey($0.id)] != nil }) {
      let owner = owners[ByteKey(taken.id)] ?? ""
      return fail(source, "the source '\(owner)' has a document with the id '\(taken.id)' too")
    }
    for document in documents { owners[ByteKey(document.id)] = source.source }
    if pending.documents.count + documents.count > SyncGroup.limit { try await flush() }
    var rest = documents[...]
    while rest.count > SyncGroup.limit {
      pending.documents = Array(rest.prefix(SyncGroup.limit))
      rest = rest.dropFirst(SyncGroup.limit)
      try await flush()
    }
    pending.documents += rest
    pending.finishedSources.append(source.source)
    if pending.finishedSources.count >= SyncGroup.limit { try await flush() }
  }

  /// Writes what is left and cleans up.
  mutating func finish() async throws -> SyncReport {
    try await flush()
    guard cleanup == .full else { return report }
    let gone = ledger.sources.filter { !sources.contains(ByteKey($0)) }.flatMap { ledger.ids(of: $0) }
    for start in stride(from: 0, to: gone.count, by: SyncGroup.limit) {
      var plan = SyncPlan()
      try await add(deletionsOf: Array(gone[start..<min(start + SyncGroup.limit, gone.count)]), to: &plan)
      try await commit(plan, donors: [])
    }
    return report
  }

  private mutating func fail(_ source: SourceDocuments, _ reason: String) {
    report.failures.append(.init(source: source.source, reason: reason))
    // Nobody is to take them for done.
    total = total.map { $0 - source.documents.count }
  }

  /// The message, and which document it is about unless the message says so.
  private static func reason(of error: VectorStoreError) -> String {
    guard let id = error.context[.id], !error.message.contains("'\(id)'") else { return error.message }
    return "\(error.message) (document '\(id)')"
  }

  private mutating func flush() async throws {
    guard !pending.isEmpty else { return }
    let group = pending
    pending = SyncGroup()
    var plan = SyncPlan()
    let stored = try await records(of: group.documents.map { $0.id })
    for document in group.documents {
      let key = ByteKey(document.id)
      plan.take(document, known: ledger[document.id], stored: removed.contains(key) ? nil : stored[key])
      removed.remove(key)
    }
    // Asked before the ledger changes: the store has the texts where it says now.
    let donors = plan.rewritten.compactMap { ledger.id(ofText: $0.entry.textHash) }
    for entry in plan.batch.ledger { ledger.record(entry) }
    if cleanup != .none {
      let known = group.finishedSources.flatMap { ledger.ids(of: $0) }
      try await add(deletionsOf: known.filter { owners[ByteKey($0)] == nil }, to: &plan)
    }
    try await commit(plan, donors: donors)
    done += group.documents.count
    progress?(StoreProgress(phase: .writing, done: done, total: total))
  }

  private mutating func add(deletionsOf ids: [String], to plan: inout SyncPlan) async throws {
    let stored = try await records(of: ids)
    for id in ids {
      plan.delete(id, isStored: stored[ByteKey(id)] != nil)
      ledger.forget(id)
      removed.insert(ByteKey(id))
    }
  }

  private func records(of ids: [String]) async throws -> [ByteKey: Record] {
    guard !ids.isEmpty else { return [:] }
    let records = try await store.backend.get(ids: ids, includingVectors: false)
    return Dictionary(records.map { (ByteKey($0.id), $0) }) { first, _ in first }
  }

  private mutating func commit(_ plan: SyncPlan, donors: [String]) async throws {
    if !isDry {
      var batch = plan.batch
      let vectors = try await SyncVectors(store: store, donors: donors).vectors(of: plan.rewritten) { embedded in
        progress?(StoreProgress(phase: .embedding, done: done + embedded, total: total))
      }
      batch.upserts = plan.rewritten.map {
        Record(id: $0.id, content: $0.content, metadata: $0.metadata, vector: vectors[$0.entry.textHash] ?? [])
      }
      try await store.write(batch)
    }
    plan.count(in: &report)
  }
}
