// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// What the calls of one embedder share.
final class EmbedderCore: Sendable {
  let model: any SentenceModel
  let pieces: TextPieces
  let normalizes: Bool
  let pool: WorkerPool

  init(model: any SentenceModel, pieces: TextPieces, normalizes: Bool, pool: WorkerPool) {
    self.model = model
    self.pieces = pieces
    self.normalizes = normalizes
    self.pool = pool
  }

  func embed(
    _ texts: [String], prompt: String, progress: (@Sendable (Int, Int) -> Void)?
  ) async throws -> [[Float]] {
    try Task.checkCancellation()
    guard !texts.isEmpty else { return [] }
    let run = EmbeddingRun(self, texts: texts, prompt: prompt, progress: progress)
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { run.start($0) }
    } onCancel: {
      run.cancel()
    }
  }
}
