// SPDX-License-Identifier: Apache-2.0

/// Makes vectors of texts.
///
/// Implementations put the prompts of their ``space`` before the texts, split what they are given into requests of the
/// size that their provider takes, and
/// stop when the task is cancelled. They may be called from any number of tasks at a time.
public protocol Embedder: Sendable {
  /// The space that the vectors are in.
  var space: EmbeddingSpace { get }

  /// The vectors of passages, one for each text, in the order of the texts; none for no texts.
  ///
  /// - Throws: ``VectorStoreError/Code/embeddingFailed``, ``VectorStoreError/Code/unavailable``, `CancellationError`.
  func embed(passages texts: [String]) async throws -> [[Float]]

  /// The vectors of queries, one for each text, in the order of the texts; none for no texts.
  ///
  /// - Throws: ``VectorStoreError/Code/embeddingFailed``, ``VectorStoreError/Code/unavailable``, `CancellationError`.
  func embed(queries texts: [String]) async throws -> [[Float]]
}

extension Embedder {
  /// The vector of one query.
  ///
  /// - Throws: what ``embed(queries:)`` throws, and ``VectorStoreError/Code/embeddingFailed`` for another answer than
  ///   one vector of the space.
  public func embed(query text: String) async throws -> [Float] {
    let vectors = try await embed(queries: [text])
    try space.check(vectors: vectors, count: 1)
    return vectors[0]
  }
}

extension EmbeddingSpace {
  /// Checks what an embedder or a user gave: one vector for each text, of the right dimension, of finite numbers.
  ///
  /// - Throws: ``VectorStoreError/Code/embeddingFailed`` with the row in the context,
  ///   ``VectorStoreError/Code/dimensionMismatch``.
  public func check(vectors: [[Float]], count: Int) throws {
    guard vectors.count == count else {
      throw VectorStoreError(
        .embeddingFailed, "there are \(vectors.count) vectors for \(count) texts", context: [.provider: model])
    }
    for (row, vector) in vectors.enumerated() {
      guard vector.count == dimension else {
        throw VectorStoreError(
          .dimensionMismatch, "expected \(dimension) dimensions, not \(vector.count)",
          context: [.row: String(row), .provider: model])
      }
      guard vector.isFinite else {
        throw VectorStoreError(
          .embeddingFailed, "the vector holds a NaN or an infinity", context: [.row: String(row), .provider: model])
      }
    }
  }
}
