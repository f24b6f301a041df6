// SPDX-License-Identifier: Apache-2.0

/// One point of a curve: what a search at one efSearch found, and how fast.
struct AnnPoint: Encodable {
  /// efSearch; 0 for exact search.
  let ef: Int
  /// recall@k, the mean over the queries, ties forgiven.
  let recall: Double
  /// The share of the true neighbours found by their numbers: a tie counts only as the row that the truth names.
  let recallByIDs: Double
  /// The recall that 5 % of the queries stay below.
  let recallP5: Double
  /// The queries of the lowest recall, at most five, those below 1 only.
  let worst: [QueryRecall]
  /// Queries a second, the better of one at a time and in a batch.
  let qps: Double
  let qpsSingle: Double
  let qpsBatch: Double
  /// Latencies of single queries in microseconds.
  let p50Microseconds: Double
  let p95Microseconds: Double
  let p99Microseconds: Double
  /// Cores in use during the batch; `nil` where a server does the work.
  let batchCores: Double?
  /// pgvector's iterative scan; `nil` for engines without.
  let iterative: String?
  /// `seq` where the server did not use the index; `nil` otherwise.
  let plan: String?
  /// The filter, with the share of rows it allows and their number.
  let filter: String?
  let selectivity: Double?
  let allowed: Int?
  /// How many rows were returned that the filter forbids, where there are any.
  let violations: Int?

  private enum CodingKeys: String, CodingKey {
    case ef, recall, qps
    case recallByIDs = "recall_ids"
    case recallP5 = "recall_p5"
    case worst, iterative, plan
    case qpsSingle = "qps_single"
    case qpsBatch = "qps_batch"
    case p50Microseconds = "p50_us"
    case p95Microseconds = "p95_us"
    case p99Microseconds = "p99_us"
    case batchCores = "batch_cores"
    case filter, selectivity, allowed, violations
  }
}
