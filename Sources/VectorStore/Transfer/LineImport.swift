// SPDX-License-Identifier: Apache-2.0

/// One import: takes lines, writes them in batches.
struct LineImport {
  let store: VectorStore
  let batchSize: Int
  let progress: StoreProgress.Handler?

  private(set) var report = ImportReport()
  private var pending: [(line: Int, row: RecordLine)] = []
  private var line = 0
  private var done = 0

  init(store: VectorStore, batchSize: Int, progress: StoreProgress.Handler?) {
    self.store = store
    self.batchSize = batchSize
    self.progress = progress
  }

  /// Takes the next line. What came before a line that is wrong is written before the error is thrown.
  mutating func take(_ text: String) async throws {
    line += 1
    // Some editors begin a file with a byte order mark.
    let text = line == 1 && text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
    if text.utf8.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }) { return }
    let row: RecordLine
    do {
      row = try RecordLine(parsing: text)
      try RowChecks.check(id: row.id, content: row.content, metadata: row.metadata)
    } catch let error as VectorStoreError {
      let fault = located(error, line: line)
      try await flush()
      throw fault.adding([.imported: String(done)])
    }
    pending.append((line, row))
    if pending.count >= batchSize { try await flush() }
  }

  /// Writes what is left.
  mutating func flush() async throws {
    guard let first = pending.first else { return }
    try Task.checkCancellation()
    do {
      var batch = WriteBatch()
      batch.upserts = try await records()
      let result = try await store.write(batch)
      report.added += result.added
      report.updated += result.updated
    } catch let error as VectorStoreError {
      let row = error.context[.row].flatMap { Int($0) } ?? 0
      let line = pending.indices.contains(row) ? pending[row].line : first.line
      throw located(error, line: line).adding([.imported: String(done)])
    }
    done += pending.count
    pending.removeAll(keepingCapacity: true)
    progress?(StoreProgress(phase: .writing, done: done, total: nil))
  }

  private func records() async throws -> [Record] {
    let embedded = try await embeddings(at: pending.indices.filter { pending[$0].row.vector == nil })
    var random = SystemRandomNumberGenerator()
    let form = store.backend.idForm
    return pending.enumerated().map { place, line in
      Record(
        id: line.row.id ?? form.random(using: &random), content: line.row.content, metadata: line.row.metadata,
        vector: line.row.vector ?? embedded[place] ?? [])
    }
  }

  private func embeddings(at places: [Int]) async throws -> [Int: [Float]] {
    guard !places.isEmpty else { return [:] }
    let embedder = try store.requiredEmbedder(for: "importing lines without \"embedding\"")
    _ = try await store.recordedSpace()
    do {
      let vectors = try await PassageBatches(embedder: embedder).vectors(of: places.map { pending[$0].row.content }) {
        progress?(StoreProgress(phase: .embedding, done: done + $0, total: nil))
      }
      return Dictionary(uniqueKeysWithValues: zip(places, vectors))
    } catch let error as VectorStoreError {
      guard let row = error.context[.row].flatMap({ Int($0) }), places.indices.contains(row) else { throw error }
      let context = error.context.merging([.row: String(places[row])]) { $1 }
      throw VectorStoreError(error.code, error.message, context: context)
    }
  }

  /// The error with the line of the input, in the place of places within the line or the batch.
  private func located(_ error: VectorStoreError, line: Int) -> VectorStoreError {
    var context = error.context
    context[.row] = nil
    context[.line] = String(line)
    // The parser counts lines within the line.
    let message = error.message.replacing("(line 1, column", with: "(column")
    return VectorStoreError(error.code, "line \(line): \(message)", context: context)
  }
}
