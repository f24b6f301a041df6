// SPDX-License-Identifier: Apache-2.0

import HNSW
import PostgresBackend
import VectorStoreCore
import VectorStoreTesting

/// A store of random records that searches are compared over.
struct CandidateCheck {
  let store: VectorStore
  let metric: Metric
  let records: [Record]
  let queries: [[Float]]
  let oracle: Oracle<[Float]>

  private let server: VerifyServer
  private let table: String

  /// A store in a new table of this name with what a seed decides.
  ///
  /// Each has a name of its own: connections remember the columns of tables.
  init(_ server: VerifyServer, table: String, queries count: Int, _ random: inout SeededGenerator) async throws {
    (self.server, self.table) = (server, table)
    metric = random.pick(server.types[.vector]?.metrics ?? [])
    let dimension = 2 + random.below(24)
    records = RandomDocuments.records(2 + random.below(80), dimension: dimension, &random)
    queries = (0..<count).map { _ in random.vector(dimension: dimension) }
    oracle = try Oracle(rows: records.map { (id: $0.id, vector: $0.vector) }, metric: metric)
    store = try await server.store(table, dimension: dimension, metric: metric, keywords: true)
    try await server.fill(store, records)
  }

  /// Drops the table.
  func drop() async throws {
    _ = try await server.run("DROP TABLE \(server.scratch).\(try SQLIdentifier(table))")
  }

  /// Whether hits are the nearest.
  func check(_ hits: [(id: String, distance: Double?)], _ query: [Float], k: Int) throws -> OracleReport {
    try oracle.check(answer: hits, query: query, k: k)
  }
}
