// SPDX-License-Identifier: Apache-2.0

import HNSW
import PostgresBackend
import VectorStoreCore

extension VerifyServer {
  /// A store in a new table of the scratch schema, without a vector index.
  func store(_ table: String, dimension: Int, metric: Metric, keywords: Bool) async throws -> VectorStore {
    let space = EmbeddingSpace(model: "", dimension: dimension, metric: metric)
    let backend = try await PostgresBackend.open(
      engine, table: PostgresTable(schema: scratch.name, overwritesExisting: true),
      options: OpenOptions(
        table: table, space: space, index: IndexSpecification(.exact), keywords: keywords))
    return VectorStore(backend: backend, space: space)
  }

  /// Puts these records in the place of all others.
  func fill(_ store: VectorStore, _ records: [Record]) async throws {
    var batch = WriteBatch()
    batch.deletedFilter = .all
    batch.upserts = records
    _ = try await store.backend.write(batch, progress: nil)
  }
}
