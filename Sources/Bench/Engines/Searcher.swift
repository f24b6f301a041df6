// SPDX-License-Identifier: Apache-2.0

import HNSW

/// A search at one setting under one filter, ready to be timed.
struct Searcher {
  /// Answers the query of this number.
  let one: (Int) async throws -> [Neighbor]
  /// Answers all queries of the workload in one call, on as many threads as the options say.
  let batch: () async throws -> [[Neighbor]]
  /// Whether this process does the work, so that its processor time is that of the searches.
  var worksHere = true
  /// The iterative scan that it uses, where the engine has them.
  var iterative: String?
  /// `seq` where a server does not use its index.
  var plan: String?
}
