// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// Writes documents of which some may have vectors: all of them, or none.
struct DocumentWriting {
  let store: VectorStore

  /// - Returns: the ids, in the order of the documents.
  func add(_ bodies: [DocumentBody]) async throws -> [String] {
    let documents = bodies.map(\.document)
    let vectors = bodies.map(\.vector)
    let given = vectors.compactMap { $0 }
    if given.isEmpty { return try await store.add(documents) }
    if given.count == documents.count { return try await store.add(documents, embeddings: given) }
    let missing = vectors.indices.filter { vectors[$0] == nil }
    guard let embedder = store.embedder else {
      throw VectorStoreError(.embedderMissing, "some documents have no vector", context: [.row: String(missing[0])])
    }
    let made = try await embedder.embed(passages: missing.map { documents[$0].content })
    try embedder.space.check(vectors: made, count: missing.count)
    var complete = vectors.map { $0 ?? [] }
    for (row, vector) in zip(missing, made) { complete[row] = vector }
    return try await store.add(documents, embeddings: complete)
  }
}
