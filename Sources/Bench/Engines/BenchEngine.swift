// SPDX-License-Identifier: Apache-2.0

import HNSW

/// An index that is measured. Labels are the numbers of the base rows.
protocol BenchEngine {
  /// The engine's name in the results.
  static var name: String { get }

  /// The build parameters as the results state them.
  var parameters: AnnParameters? { get }

  /// Prepares the searches at one efSearch, among the rows that `filter` allows.
  func searcher(ef: Int, filter: RowFilter?, workload: Workload) throws -> Searcher

  /// Writes the index file; `false` for an engine that has none.
  func save(to path: String) throws -> Bool
}
