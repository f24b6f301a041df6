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
  /// What a round without filters takes at least, and what the filters add to one with them at least.
  private let leastRound: Double
  private let leastFilters: Double

  /// - Parameters:
  ///   - points: How many points a round has without filters.
  ///   - filters: How many filters there are.
  init(dataset: String, tasks: [Task], points: Int, filters: Int, minSeconds: Double) {
    self.dataset = dataset
    remaining = tasks
    leastRound = Double(points) * minSeconds
    leastFilters = leastRound * Double(filters)
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
    say(
      "\(engine.label): \(step.title), \(NumberText.fixed(took, 1)) s\(note) (\(done) of \(done + remaining.count)\(timeLeft))"
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

  /// Nothing while engines are still starting: nothing is known then.
  private var timeLeft: String {
    guard !remaining.isEmpty, !remaining.contains(where: { $0.step == .start }) else { return "" }
    let estimates = remaining.map(estimate)
    let sum = NumberText.clock(estimates.reduce(0) { $0 + $1.seconds })
    return estimates.allSatisfy(\.isKnown) ? ", about \(sum) left" : ", at least \(sum) left"
  }

  /// What a task will take: as long as this engine's last of the kind, or no less than can be foreseen.
  private func estimate(_ task: Task) -> (seconds: Double, isKnown: Bool) {
    func known(_ kind: ComparisonStep.Kind) -> Double? { seconds[Known(engine: task.engine, kind: kind)] }
    if let same = known(task.step.kind) { return (same, true) }
    switch task.step.kind {
    case .round: return (leastRound, false)
    case .filteredRound: return ((known(.round) ?? leastRound) + leastFilters, false)
    case .build, .parallelBuild: return (known(.build) ?? known(.start) ?? 0, true)
    case .start: return (0, false)
    case .memory: return (1, true)
    }
  }
}
