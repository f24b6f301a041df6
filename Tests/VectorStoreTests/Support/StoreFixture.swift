// SPDX-License-Identifier: Apache-2.0

import HNSW
import VectorStoreCore
import VectorStoreTesting

/// A store on the reference backend whose calls are counted and can fail.
struct StoreFixture {
  let backend: FaultInjectingBackend
  let store: VectorStore

  /// - Parameter embedder: nil for a store that works with vectors only.
  init(embedder: (any Embedder)? = DeterministicEmbedder(dimension: 4), space: EmbeddingSpace? = nil) {
    backend = FaultInjectingBackend(around: ReferenceBackend(OpenOptions(space: embedder?.space ?? space)))
    store = VectorStore(backend: backend, embedder: embedder)
  }

  /// Documents `0`…`count − 1` on a line: document n is at distance n from the origin.
  static func line(_ count: Int) async throws -> StoreFixture {
    let fixture = StoreFixture(embedder: nil, space: EmbeddingSpace(model: "line", dimension: 2, metric: .l2))
    try await fixture.store.add(
      (0..<count).map { Document(id: String($0), content: "number \($0)", metadata: ["n": .integer(Int64($0))]) },
      embeddings: (0..<count).map { [Float($0), 0] })
    return fixture
  }
}

extension VectorStoreError {
  /// The error that a body throws, if it is one of the store's.
  static func thrown(by body: () async throws -> Void) async -> VectorStoreError? {
    do {
      try await body()
      return nil
    } catch { return error as? VectorStoreError }
  }
}
