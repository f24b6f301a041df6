// SPDX-License-Identifier: Apache-2.0

/// One engine on one data set: medians over the rounds with their spread.
package struct EngineRecord: Codable, Sendable {
  /// How the comparison was asked for it: `swift-int8`, or a peer's name.
  package var id: String
  /// What the report calls it.
  package var label: String
  /// The engine's own name, such as `swift-hnsw`.
  package var engine: String
  package var version: String
  package var storage: String
  package var params: [String: ParameterValue]
  package var threads: Int
  package var server: ServerFacts?
  /// Whether it is in the report only: no ratio is against it.
  package var isAside: Bool
  /// How many rounds were measured; 0 for a document of a single run, which no other engine took turns with.
  package var rounds: Int
  /// How many figures tell what they had of the processor, and how many of them were taken while the machine was busy with something else.
  package var measuredPoints: Int
  package var disturbedPoints: Int
  /// The index's build: on `threads` threads first.
  package var builds: [BuildTimes]
  package var memory: MemoryResult
  package var points: [CurvePoint]
  /// By the recall as text: `0.95`. Without those that some round did not reach.
  package var qpsAtRecall: [String: RecallRate]

  /// The recalls that `qpsAtRecall` has.
  package static let recallTargets = [0.95, 0.99]
  /// A batch that had less than this share of the core it asked for shared the machine with something else.
  package static let disturbedBelowCores = 0.9

  private enum CodingKeys: String, CodingKey {
    case id, label, engine, version, storage, params, threads, server
    case isAside = "aside"
    case rounds
    case measuredPoints = "measured_points"
    case disturbedPoints = "disturbed_points"
    case builds, memory, points
    case qpsAtRecall = "qps_at_recall"
  }
}

extension EngineRecord {
  /// Merges what an engine answered in its rounds: medians, and the spread of the rates.
  ///
  /// - Parameter turns: Whether the rounds were taken in turns with other engines.
  package init(
    id: String, label: String, isAside: Bool = false, description: EngineDescription, builds: [BuildTimes],
    memory: MemoryResult, rounds: [[CurvePoint]], turns: Bool = true
  ) {
    self.id = id
    self.label = label
    engine = description.engine
    version = description.version
    storage = description.storage
    params = description.params ?? [:]
    threads = description.threads
    server = description.server
    self.isAside = isAside
    self.rounds = turns ? rounds.count : 0
    let cores = rounds.joined().compactMap(\.batchCores)
    measuredPoints = cores.count
    disturbedPoints = cores.count { $0 < Self.disturbedBelowCores }
    self.builds = builds
    self.memory = memory
    points = RoundMerger.points(of: rounds)
    qpsAtRecall = [:]
    for target in Self.recallTargets {
      qpsAtRecall[Self.key(target)] = RoundMerger.rate(at: target, in: rounds)
    }
  }

  /// The key of a recall in `qpsAtRecall`.
  package static func key(_ target: Double) -> String { "\(target)" }

  /// The rate at one of `recallTargets`; `nil` where it was not reached.
  package func rate(at target: Double) -> RecallRate? {
    isExact ? nil : qpsAtRecall[Self.key(target)]
  }

  /// Whether it computes every distance: it has a point, no curve.
  package var isExact: Bool {
    !points.isEmpty && points.allSatisfy { $0.ef == 0 }
  }

  /// The engine's family, whose members share a colour: the first word of its name.
  package var family: String {
    String(engine.prefix { $0 != "-" && $0 != " " }).lowercased()
  }

  /// The points of the search among all rows, or with one filter.
  package func points(_ filter: FilterKey?) -> [CurvePoint] {
    points.filter { $0.filter == filter }
  }

  /// The seconds of building on as many threads as it was measured with.
  package var buildSeconds: Spread? {
    builds.first { $0.threads == threads }?.spread
  }
}
