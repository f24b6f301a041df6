// SPDX-License-Identifier: Apache-2.0

/// Everything that one engine has answered so far.
struct Measurements {
  let engine: ComparedEngine
  let description: EngineDescription
  private var builds: [BuildTimes]
  var rounds: [[CurvePoint]] = []
  var memory = MemoryResult()

  init(_ engine: ComparedEngine, _ description: EngineDescription) {
    self.engine = engine
    self.description = description
    builds = [BuildTimes(threads: description.threads, seconds: [description.buildSeconds])]
  }

  /// Counts one more build.
  mutating func addBuild(threads: Int, seconds: Double) {
    if let place = builds.firstIndex(where: { $0.threads == threads }) {
      builds[place].seconds.append(seconds)
    } else {
      builds.append(BuildTimes(threads: threads, seconds: [seconds]))
    }
  }

  /// The medians; `nil` for an engine that was not measured in any round.
  var record: EngineRecord? {
    guard !rounds.isEmpty else { return nil }
    return EngineRecord(
      id: engine.id, label: engine.label, isAside: engine.isAside, description: description, builds: builds,
      memory: memory, rounds: rounds)
  }
}
