// SPDX-License-Identifier: Apache-2.0

/// What a comparison is to do.
package struct ComparisonPlan: Sendable {
  package var dataset: String
  package var engines: [ComparedEngine]
  package var settings: ComparisonSettings
  /// How many filters the engines were given.
  package var filters: Int
  /// The names of the categories that filters have numbers for; may be empty.
  package var categoryNames: [String]
  /// The seconds that one answer may take.
  package var timeout: Double
  /// The folder for what the runners say on standard error.
  package var logs: String
  /// The path of `vectorstore-bench`.
  package var companion: String

  package init(
    dataset: String, engines: [ComparedEngine], settings: ComparisonSettings, filters: Int, categoryNames: [String],
    timeout: Double, logs: String, companion: String
  ) {
    self.dataset = dataset
    self.engines = engines
    self.settings = settings
    self.filters = filters
    self.categoryNames = categoryNames
    self.timeout = timeout
    self.logs = logs
    self.companion = companion
  }

  /// Everything that `engine` is asked to do, in its order.
  func steps(of engine: ComparedEngine) -> [ComparisonStep] {
    [.start] + turns.filter { engine.isAside ? !$0.isRepeatedBuild : true } + [.memory]
  }

  /// What all engines do one after another, between their start and the end.
  var turns: [ComparisonStep] {
    var turns: [ComparisonStep] = settings.builds > 1 ? (2...settings.builds).map { .build($0) } : []
    if settings.parallelBuildThreads > settings.threads {
      turns.append(.parallelBuild(threads: settings.parallelBuildThreads))
    }
    return turns
      + (1...max(1, settings.rounds)).map {
        .round($0, of: settings.rounds, filters: filters > 0 && $0 <= settings.filterRounds)
      }
  }
}

extension ComparisonStep {
  fileprivate var isRepeatedBuild: Bool {
    if case .build = self { true } else { false }
  }
}
