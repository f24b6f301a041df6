// SPDX-License-Identifier: Apache-2.0

import HNSW

/// An index that is built and measured. Labels are the numbers of the base rows.
protocol BenchEngine {
  /// The engine's name in the results.
  var name: String { get }

  /// What the index keeps, as the results state it.
  var storage: String { get }

  /// The build parameters as the results state them.
  var parameters: AnnParameters? { get }

  /// The server that holds the index; `nil` for an engine in this process.
  var server: ServerDescription? { get }

  /// How long building took.
  var buildSeconds: Double { get }

  /// The settings to measure, in groups: each group is measured without a filter, then with each one.
  var sweeps: [[SearchSetting]] { get }

  /// Lends the searches at one setting, among the rows that `filter` allows.
  func withSearcher<Result: Sendable>(
    _ setting: SearchSetting, filter: RowFilter?, _ body: (Searcher) async throws -> Result
  ) async throws -> Result

  /// Builds a second index on so many threads, and drops it: the seconds it took.
  func rebuildSeconds(threads: Int) async throws -> Double

  /// The bytes of the index where it is kept; `nil` where it is kept nowhere.
  func indexBytes() async throws -> Int?

  /// What the index needs; `nil` where that can't be told.
  func memory() async throws -> MemoryResult?
}

extension BenchEngine {
  var server: ServerDescription? { nil }
}
