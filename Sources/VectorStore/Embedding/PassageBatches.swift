// SPDX-License-Identifier: Apache-2.0

/// Embeds any number of passages, a bounded number at a time, so that progress is seen and a cancelled task ends.
struct PassageBatches {
  let embedder: any Embedder
  /// Texts in one call of the embedder.
  static let size = 256

  /// One vector for each text, in order.
  ///
  /// - Parameter progress: hears how many are done, after each batch.
  /// - Throws: what the embedder throws, ``VectorStoreError/Code/embeddingFailed`` and
  ///   ``VectorStoreError/Code/dimensionMismatch`` for another answer than one vector of the space for each text, with the
  ///   row among all texts; `CancellationError`.
  func vectors(of texts: [String], progress: (Int) -> Void = { _ in }) async throws -> [[Float]] {
    var vectors: [[Float]] = []
    vectors.reserveCapacity(texts.count)
    for start in stride(from: 0, to: texts.count, by: Self.size) {
      try Task.checkCancellation()
      let part = Array(texts[start..<min(start + Self.size, texts.count)])
      let answer = try await embedder.embed(passages: part)
      do {
        try embedder.space.check(vectors: answer, count: part.count)
      } catch let error as VectorStoreError {
        let row = error.context[.row].flatMap { Int($0) }
        let context = row.map { error.context.merging([.row: String(start + $0)]) { $1 } } ?? error.context
        throw VectorStoreError(error.code, error.message, context: context)
      }
      vectors += answer
      progress(vectors.count)
    }
    return vectors
  }
}
