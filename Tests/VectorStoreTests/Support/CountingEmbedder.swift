// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore
import VectorStoreTesting

/// Remembers what it was asked for.
struct CountingEmbedder: Embedder {
  actor Count {
    private(set) var value = 0
    func add(_ number: Int) { value += number }
  }

  private let base = DeterministicEmbedder(dimension: 4)
  let queryCalls = Count()
  /// Passages, not calls.
  let passages = Count()

  var space: EmbeddingSpace { base.space }
  func vector(of text: String) -> [Float] { base.vector(of: text) }

  func embed(passages texts: [String]) async throws -> [[Float]] {
    await passages.add(texts.count)
    return try await base.embed(passages: texts)
  }

  func embed(queries texts: [String]) async throws -> [[Float]] {
    await queryCalls.add(1)
    return try await base.embed(queries: texts)
  }
}
