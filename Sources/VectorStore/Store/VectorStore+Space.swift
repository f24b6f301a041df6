// SPDX-License-Identifier: Apache-2.0

import HNSW

extension VectorStore {
  /// The space of the vectors; nil while none is recorded and none was given.
  ///
  /// - Throws: ``VectorStoreError/Code/embeddingSpaceMismatch`` where another program has recorded another space since
  ///   the store was opened.
  public func space() async throws -> EmbeddingSpace? { try await recordedSpace() ?? givenSpace }

  /// The recorded space, compared with the given one; nil while none is recorded.
  func recordedSpace() async throws -> EmbeddingSpace? {
    if let space = memory.space { return space }
    guard let recorded = try await backend.recordedSpace()?.space else { return nil }
    if let givenSpace { try recorded.check(givenSpace) }
    memory.remember(recorded)
    return recorded
  }

  /// The recorded space; a store that has none gets the given one, or one of this dimension.
  func recordedSpace(orOfDimension dimension: Int) async throws -> EmbeddingSpace {
    if let space = try await recordedSpace() { return space }
    let space = givenSpace ?? EmbeddingSpace(model: "", dimension: dimension, metric: .cosine)
    try await backend.record(RecordedSpace(space, embedderName: embedderName))
    // Read back: another process may have been first, with one that is equal but for the model's name.
    return try await recordedSpace() ?? space
  }

  /// The embedder.
  ///
  /// - Throws: ``VectorStoreError/Code/embedderMissing``.
  func requiredEmbedder(for task: String) throws -> any Embedder {
    guard let embedder else {
      throw VectorStoreError(
        .embedderMissing, "\(task) needs an embedder, and the store was opened without one; open it with an embedder")
    }
    return embedder
  }
}
