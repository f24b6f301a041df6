// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Measures one data set: all engines in turns, only one at any moment, the order turned by one each round.
package final class Comparison {
  private let plan: ComparisonPlan
  private let interruption: InterruptPipe?
  private var progress: ComparisonProgress
  private var sessions: [EngineSession] = []
  private var measurements: [Measurements] = []
  private var failures: [EngineFailure] = []

  /// Whether Ctrl-C ended it early; what was measured before is kept.
  package private(set) var wasInterrupted = false

  package convenience init(_ plan: ComparisonPlan) {
    self.init(plan, interruption: nil)
  }

  init(_ plan: ComparisonPlan, interruption: InterruptPipe?) {
    self.plan = plan
    self.interruption = interruption
    progress = ComparisonProgress(
      dataset: plan.dataset,
      tasks: plan.engines.flatMap { engine in plan.steps(of: engine).map { .init(engine: engine.id, step: $0) } },
      points: plan.settings.ef.count, filters: plan.filters, minSeconds: plan.settings.minSeconds)
  }

  /// Runs it to its end. An engine that fails is named and dropped, and the others go on.
  ///
  /// - Throws: ``BenchError`` where no engine was measured, with what was wrong with each; `Interrupted` where Ctrl-C came
  ///   before that.
  package func run() throws -> ComparedDataset {
    defer { for session in sessions { session.kill() } }
    do {
      try startAll()
      for (number, step) in plan.turns.enumerated() { try turn(step, shift: number) }
      try turn(.memory, shift: 0)
      for session in sessions { session.close() }
    } catch is Interrupted {
      wasInterrupted = true
      progress.say("interrupted; what has been measured is kept")
    }
    return try result()
  }

  private func result() throws -> ComparedDataset {
    let records = measurements.compactMap(\.record)
    if records.isEmpty, wasInterrupted { throw Interrupted() }
    guard let first = measurements.first(where: { $0.record != nil }), !records.isEmpty else {
      let reasons = failures.map { "\($0.engine): \($0.message)" }
      throw BenchError("no engine was measured" + (reasons.isEmpty ? "" : ": " + reasons.joined(separator: "; ")))
    }
    var dataset = ComparedDataset(
      first.description, categoryNames: plan.categoryNames, created: Date.now.ISO8601Format(), settings: plan.settings)
    dataset.name = plan.dataset
    dataset.version = BenchCommand.version
    dataset.machine = try MachineFacts.current()
    dataset.engines = records
    dataset.failures = failures
    return dataset
  }

  /// One after another, so that no build is timed while another runs.
  private func startAll() throws {
    for (number, engine) in plan.engines.enumerated() {
      progress.begin(.start, engine)
      let started = Clocks.wall()
      do {
        let session = try EngineSession(
          engine, companion: plan.companion, log: "\(plan.logs)/\(number + 1)-\(FileName.safe(engine.id)).log",
          timeout: plan.timeout, interruption: interruption)
        sessions.append(session)
        let description = try session.waitUntilReady()
        try check(description, of: session)
        measurements.append(Measurements(engine, description))
        progress.end(
          .start, engine, took: Self.seconds(since: started),
          note: ", built in \(NumberText.seconds(description.buildSeconds)) s")
      } catch let failure as EngineSession.Failure {
        fail(engine, .start, failure.message)
        drop(engine)
      }
    }
  }

  /// The figures of engines that measured something else can't stand beside each other.
  private func check(_ description: EngineDescription, of session: EngineSession) throws {
    guard let first = measurements.first?.description, first.shape != description.shape else { return }
    throw EngineSession.Failure(
      session.engine, "it measured \(description.shape.text), but \(measurements[0].engine.label) \(first.shape.text)")
  }

  /// Lets every live engine take one step, beginning with another one each time.
  private func turn(_ step: ComparisonStep, shift: Int) throws {
    guard !sessions.isEmpty else { return }
    let first = shift % sessions.count
    for session in Array(sessions[first...] + sessions[..<first]) {
      guard let place = measurements.firstIndex(where: { $0.engine.id == session.engine.id }) else { continue }
      guard plan.steps(of: session.engine).contains(step) else { continue }
      progress.begin(step, session.engine)
      let started = Clocks.wall()
      do {
        try take(step, session, &measurements[place])
        progress.end(step, session.engine, took: Self.seconds(since: started))
      } catch let failure as EngineSession.Failure {
        fail(session.engine, step, failure.message)
        // A runner that only can't build again or save its index can still be measured.
        if failure.isAlive, ![.round, .filteredRound].contains(step.kind) {
          progress.end(step, session.engine, took: Self.seconds(since: started))
        } else {
          drop(session.engine)
        }
      }
    }
  }

  private func take(_ step: ComparisonStep, _ session: EngineSession, _ own: inout Measurements) throws {
    switch step {
    case .start: break
    case .build:
      own.addBuild(threads: plan.settings.threads, seconds: try session.build(threads: plan.settings.threads))
    case .parallelBuild(let threads): own.addBuild(threads: threads, seconds: try session.build(threads: threads))
    case .round(let number, _, let filters): own.rounds.append(try session.round(number, filters: filters))
    case .memory: own.memory = try session.memory()
    }
  }

  private func fail(_ engine: ComparedEngine, _ step: ComparisonStep, _ message: String) {
    failures.append(EngineFailure(engine: engine.label, during: step.title, message: message))
    progress.say("FAILED \(engine.label): \(step.title): \(message)")
  }

  private func drop(_ engine: ComparedEngine) {
    progress.drop(engine)
    sessions.removeAll { session in
      guard session.engine.id == engine.id else { return false }
      session.kill()
      return true
    }
  }

  private static func seconds(since started: UInt64) -> Double {
    Double(Clocks.wall() - started) / 1e9
  }
}
