// SPDX-License-Identifier: Apache-2.0

/// How an index of pgvector's is searched, whatever the width.
struct SearchWay: Sendable {
  /// How many times k rows are fetched and ranked again, where the index holds less than the vectors; `nil` for what is
  /// usual with what it holds.
  var rerank: Int?
  var planner = PlannerChoice.index
  /// `hnsw.max_scan_tuples`; the server's where it is `nil`.
  var maxScanTuples: Int?
  /// Whether all that a graph finds is ranked again, in the place of ``rerank``.
  var ranksAllFound = false

  /// How many times k rows are fetched.
  func rerank(_ storage: PgvectorStorage) -> Int { rerank ?? storage.defaultRerank }

  /// How many rows are fetched for `k`.
  func candidates(k: Int, _ storage: PgvectorStorage, _ setting: SearchSetting) -> Int {
    ranksAllFound ? max(k, setting.ef) : k * rerank(storage)
  }
}
