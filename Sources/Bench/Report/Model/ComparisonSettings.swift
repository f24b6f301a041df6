// SPDX-License-Identifier: Apache-2.0

/// How a comparison was made.
package struct ComparisonSettings: Codable, Equatable, Sendable {
  package var rounds: Int
  package var filterRounds: Int
  package var builds: Int
  package var parallelBuildThreads: Int
  package var ef: [Int]
  package var m: Int
  package var efConstruction: Int
  package var threads: Int
  package var minSeconds: Double

  package init(
    rounds: Int, filterRounds: Int, builds: Int, parallelBuildThreads: Int, ef: [Int], m: Int, efConstruction: Int,
    threads: Int, minSeconds: Double
  ) {
    self.rounds = rounds
    self.filterRounds = filterRounds
    self.builds = builds
    self.parallelBuildThreads = parallelBuildThreads
    self.ef = ef
    self.m = m
    self.efConstruction = efConstruction
    self.threads = threads
    self.minSeconds = minSeconds
  }

  private enum CodingKeys: String, CodingKey {
    case rounds
    case filterRounds = "filter_rounds"
    case builds
    case parallelBuildThreads = "parallel_build_threads"
    case ef, m
    case efConstruction = "ef_construction"
    case threads
    case minSeconds = "min_seconds"
  }
}
