// SPDX-License-Identifier: Apache-2.0

/// The vectors of a group's texts: those of documents that have the same text already, else the embedder's.
struct SyncVectors {
  let store: VectorStore
  /// Documents that may have the texts.
  let donors: [String]

  /// One vector for each document, by the hash of its text.
  ///
  /// - Parameter progress: hears how many texts were embedded.
  func vectors(of documents: [SyncDocument], progress: (Int) -> Void) async throws -> [String: [Float]] {
    guard !documents.isEmpty else { return [:] }
    var texts: [String: String] = [:]
    for document in documents { texts[document.entry.textHash] = document.content }
    var vectors = try await storedVectors(of: texts)
    var seen: Set<String> = []
    let hashes = documents.map { $0.entry.textHash }.filter { vectors[$0] == nil && seen.insert($0).inserted }
    guard !hashes.isEmpty else { return vectors }
    let embedder = try store.requiredEmbedder(for: "embedding new texts")
    let embedded = try await PassageBatches(embedder: embedder).vectors(
      of: hashes.map { texts[$0] ?? "" }, progress: progress)
    for (hash, vector) in zip(hashes, embedded) { vectors[hash] = vector }
    return vectors
  }

  /// The vectors of the donors' texts; the texts are compared, since the ledger may be behind the store.
  private func storedVectors(of texts: [String: String]) async throws -> [String: [Float]] {
    guard !donors.isEmpty else { return [:] }
    var vectors: [String: [Float]] = [:]
    for record in try await store.backend.get(ids: donors, includingVectors: true) {
      let hash = ContentHash.hex(of: record.content)
      if texts[hash] != nil { vectors[hash] = record.vector }
    }
    return vectors
  }
}
