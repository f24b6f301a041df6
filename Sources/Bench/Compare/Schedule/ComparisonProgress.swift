// SPDX-License-Identifier: Apache-2.0

/// What is being measured, how far it is, and how long it may still take, on standard error.
struct ComparisonProgress {
  /// What one engine is still to do.
  struct Task: Hashable {
    let engine: String
    let step: ComparisonStep
  }

  private struct Known: Hashable {
    let engine: String
    let kind: ComparisonStep.Kind
  }

  private let dataset: String
  private let started = Clocks.wall()
  private var remaining: [Task]
  private var done = 0
  private var seconds: [Known: Double] = [:]
  /// What a round without filters takes at least, and how many times as many points one with filters has.
  private let leastRound: Double
  private let filterFactor: Double

  /// - Parameters:
  ///   - points: How many points a round has without filters.
  ///   - filters: How many filters there are.
  init(dataset: String, tasks: [Task], points: Int, filters: Int, minSeconds: Double) {
    self.dataset = dataset
    remaining = tasks
    leastRound = Double(points) * 2 * minSeconds
    filterFactor = Double(filters + 1)
  }

  /// Says what is being done; on a terminal only, where the line is overwritten.
  func begin(_ step: ComparisonStep, _ engine: ComparedEngine) {
    Console.progress("\(stamp) \(dataset): \(engine.label): \(step.title) … (\(done + 1) of \(done + remaining.count))")
  }

  /// Counts a step that took so long, and says so.
  mutating func end(_ step: ComparisonStep, _ engine: ComparedEngine, took: Double, note: String = "") {
    seconds[Known(engine: engine.id, kind: step.kind)] = took
    remaining.removeAll { $0 == Task(engine: engine.id, step: step) }
    done += 1
    let left = secondsLeft.map { ", about \(NumberText.clock($0)) left" } ?? ""
    say(
      "\(engine.label): \(step.title), \(NumberText.fixed(took, 1)) s\(note) (\(done) of \(done + remaining.count)\(left))"
    )
  }

  /// Forgets what an engine was still to do.
  mutating func drop(_ engine: ComparedEngine) {
    remaining.removeAll { $0.engine == engine.id }
  }

  /// A line of its own.
  func say(_ message: String) {
    Console.endProgress()
    Console.note("\(stamp) \(dataset): \(message)")
  }

  private var stamp: String {
    let text = NumberText.clock(Double(Clocks.wall() - started) / 1e9)
    return "[" + String(repeating: " ", count: max(0, 6 - text.count)) + text + "]"
  }

  /// `nil` while engines are still starting: nothing is known then.
  private var secondsLeft: Double? {
    guard !remaining.contains(where: { $0.step == .start }) else { return nil }
    return remaining.reduce(0) { $0 + estimate($1) }
  }

  private func estimate(_ task: Task) -> Double {
    func known(_ kind: ComparisonStep.Kind) -> Double? { seconds[Known(engine: task.engine, kind: kind)] }
    switch task.step.kind {
    case .round: return known(.round) ?? known(.filteredRound).map { $0 / filterFactor } ?? leastRound
    case .filteredRound:
      return known(.filteredRound) ?? (known(.round) ?? leastRound) * filterFactor
    case .build, .parallelBuild, .start: return known(.build) ?? known(.start) ?? 0
    case .memory: return known(.memory) ?? 1
    }
  }
}
