// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization
import VectorStoreCore

/// One ingest: brings a store to what files hold now, shows how far it is, and says what failed.
final class IngestRun: Sendable {
  private struct State {
    var filesRead = 0
    var documents = 0
    var reported: Set<String> = []
  }

  private let sources: FileWalk
  private let cleanup: SyncCleanup
  private let isDry: Bool
  private let bar = ProgressBar(unit: "files")
  private let state = Mutex(State())

  init(_ sources: FileWalk, cleanup: SyncCleanup, isDry: Bool) {
    self.sources = sources
    self.cleanup = cleanup
    self.isDry = isDry
  }

  /// Runs it.
  ///
  /// - Throws: what the store throws; for an interrupted run an error that says what is in the store.
  func run(_ store: VectorStore, reader: FileReader, chunker: Chunker) async throws -> SyncReport {
    for fault in sources.faults { report(fault.path, fault.message) }
    noteUnknownKinds()
    var cleanup = cleanup
    if cleanup == .full, !sources.faults.isEmpty {
      StandardError.note("what this run does not see is kept, because not everything could be read")
      cleanup = .incremental
    }
    guard cleanup != .full || !sources.files.isEmpty else {
      throw CommandError.failed(
        "there are no files, and '--cleanup full' would empty the store; 'vectorstore delete --filter {}' does that")
    }
    let files = FileSources(
      files: sources.files, reader: reader, chunker: chunker,
      willRead: { [self] place in
        state.withLock { $0.filesRead = place }
        show("reading")
      },
      didFail: { [self] path, message in report(path, message) })
    var result: SyncReport
    do {
      result = try await store.sync(files, cleanup: cleanup, dryRun: isDry) { [self] progress in
        if progress.phase == .writing { state.withLock { $0.documents = progress.done } }
        show(progress.phase.rawValue)
      }
    } catch is CancellationError {
      bar.finish()
      throw CommandError(exit: .interrupted, description: interruptedMessage)
    }
    bar.finish()
    for failure in result.failures where !state.withLock({ $0.reported.contains(failure.source) }) {
      report(failure.source, failure.reason)
    }
    result.failures += sources.faults.map { .init(source: $0.path, reason: $0.message) }
    return result
  }

  /// A folder that holds pictures is no failure, but who expects an answer from a .docx should hear of it.
  private func noteUnknownKinds() {
    let kinds = sources.unknownKinds.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    guard !kinds.isEmpty else { return }
    let count = kinds.reduce(0) { $0 + $1.value }
    let names = kinds.prefix(5).map(\.key).joined(separator: ", ") + (kinds.count > 5 ? ", …" : "")
    StandardError.note(
      "passed over \(count) \(count == 1 ? "file" : "files") of other kinds (\(names)); --glob takes such as text")
  }

  private func report(_ path: String, _ message: String) {
    let isNew = state.withLock { $0.reported.insert(SourceName.normalized(path)).inserted }
    if isNew { StandardError.note("\(path): \(message)") }
  }

  private func show(_ label: String) {
    let (files, documents) = state.withLock { ($0.filesRead, $0.documents) }
    let note = documents > 0 ? "\(documents) passages" : ""
    bar.show("ingesting", done: files, total: sources.files.count, note: note.isEmpty ? label : "\(note), \(label)")
  }

  private var interruptedMessage: String {
    let (files, documents) = state.withLock { ($0.filesRead, $0.documents) }
    let kept = isDry ? "nothing was to be written" : "\(documents) passages are in the store or were there already"
    return
      "interrupted after reading \(files) of \(sources.files.count) files: \(kept); the same command goes on from there"
  }
}
