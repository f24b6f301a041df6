// SPDX-License-Identifier: Apache-2.0

import HNSW

/// A search at one efSearch under one filter, ready to be timed.
struct Searcher {
  /// Answers one query.
  let one: ([Float]) throws -> [Neighbor]
  /// Answers all queries of the workload in one call, on as many threads as the options say.
  let batch: () throws -> [[Neighbor]]
}
