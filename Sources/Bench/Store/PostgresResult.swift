// SPDX-License-Identifier: Apache-2.0

/// What `vectorstore-bench store --store postgresql://…` measured.
struct PostgresResult: Encodable {
  var engine = "swift-vector-store"
  var documents = 0
  var dimension = 0
  var k = 0
  var efSearch = 0
  var pool = 0
  var tasks = 0
  /// Documents a second into a table without a vector index, from the first call to the last.
  var ingestPerSecond = 0.0
  var indexBuildSeconds = 0.0
  var recall = 0.0
  /// Searches a second, one at a time: the best of the rounds' means is not taken, their median is.
  var searchPerSecond = 0.0
  var p50 = 0.0
  var p95 = 0.0
  var p99 = 0.0
  /// Searches a second, many at once.
  var concurrentPerSecond = 0.0
  var machine = Machine.current

  enum CodingKeys: String, CodingKey {
    case engine, documents, dimension, k
    case efSearch = "ef"
    case pool, tasks
    case ingestPerSecond = "ingest_per_second"
    case indexBuildSeconds = "index_build_seconds"
    case recall
    case searchPerSecond = "search_qps"
    case p50 = "p50_us"
    case p95 = "p95_us"
    case p99 = "p99_us"
    case concurrentPerSecond = "concurrent_qps"
    case machine
  }
}
