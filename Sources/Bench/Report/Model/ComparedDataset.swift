// SPDX-License-Identifier: Apache-2.0

/// All engines on one data set, of one run.
package struct ComparedDataset: Codable, Sendable {
  package var name: String
  package var n: Int
  package var dim: Int
  package var metric: String
  package var queries: Int?
  package var k: Int?
  /// The names of the categories that filters have numbers for; may be empty.
  package var categoryNames: [String]
  /// The date and time in ISO 8601, UTC; of no document of a single run.
  package var created: String?
  /// The version of `vectorstore-bench`.
  package var version: String?
  package var machine: MachineFacts?
  /// `nil` where the engines were measured one by one, not by a comparison.
  package var settings: ComparisonSettings?
  package var engines: [EngineRecord]
  package var failures: [EngineFailure]

  private enum CodingKeys: String, CodingKey {
    case name, n, dim, metric, queries, k
    case categoryNames = "category_names"
    case created, version, machine, settings, engines, failures
  }

  /// What has to be the same for engines to stand beside each other.
  package var shape: DatasetShape {
    DatasetShape(n: n, dim: dim, metric: metric, queries: queries, k: k)
  }

  /// A set without engines, of the data that `description` is about.
  package init(
    _ description: EngineDescription, categoryNames: [String] = [], created: String? = nil,
    settings: ComparisonSettings? = nil
  ) {
    name = description.dataset
    n = description.n
    dim = description.dim
    metric = description.metric
    queries = description.queries
    k = description.k
    self.categoryNames = categoryNames
    self.created = created
    self.settings = settings
    machine = description.machine
    engines = []
    failures = []
  }

  /// The engines that have curves, and those that search exactly.
  package var graphs: [EngineRecord] { engines.filter { !$0.isExact && !$0.points.isEmpty } }
  package var exact: [EngineRecord] { engines.filter(\.isExact) }

  /// The filters that any engine was measured with, in their order.
  package var filters: [FilterKey] {
    var seen: Set<FilterKey> = []
    return engines.flatMap(\.points).compactMap(\.filter).filter { seen.insert($0).inserted }
  }
}
