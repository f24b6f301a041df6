// SPDX-License-Identifier: Apache-2.0

import HNSW

/// Looks for the cheapest index and the narrowest search.
struct Tuner {
  let target: TuneTarget.Values
  let backend: any TuneBackend
  let queryCount: Int
  let meter: RecallMeter
  /// How long searches are timed at least.
  let minSeconds: Double
  /// Is told each trial when it is over.
  let report: (TuneTrial) -> Void

  /// Every other query, from the first on: they choose.
  private var choosing: [Int] { Array(stride(from: 0, to: queryCount, by: 2)) }
  /// The others: they report.
  private var reporting: [Int] { Array(stride(from: 1, to: queryCount, by: 2)) }

  /// Tries each ladder's indexes, from small to large, until larger ones are of no more use.
  func run(_ ladders: [[PgvectorDesign]]) async throws -> TuneOutcome {
    var trials: [TuneTrial] = []
    for ladder in ladders {
      var best: Double?
      var idle = 0
      for (step, design) in ladder.enumerated() {
        try Task.checkCancellation()
        Console.progress("\(design.summary) (\(step + 1) of at most \(ladder.count)): building")
        let trial = try await trial(design)
        Console.endProgress()
        report(trial)
        trials.append(trial)
        guard trial.outcome == .reached else { continue }
        if target.hasLimit { break }
        let latency = trial.measured.p50Microseconds
        idle = latency < 0.95 * (best ?? .infinity) ? 0 : idle + 1
        best = min(best ?? .infinity, latency)
        if idle == Self.patience { break }
      }
    }
    return TuneOutcome(trials, target: target)
  }

  /// After so many larger indexes that are no faster, larger ones still are not tried.
  private static let patience = 2

  private func trial(_ design: PgvectorDesign) async throws -> TuneTrial {
    let limit = backend.widthLimit(design)
    return try await backend.withIndex(design) { engine in
      let bytes = try await engine.indexBytes()
      func trial(
        _ width: Int, _ outcome: TuneTrial.Outcome, _ measured: TuneTrial.Measured, _ heldOut: TuneTrial.Measured?
      )
        -> TuneTrial
      {
        TuneTrial(
          design: design, width: width, outcome: outcome, buildSeconds: engine.buildSeconds, indexBytes: bytes,
          measured: measured, heldOut: heldOut)
      }
      // The first pass finds caches cold.
      let narrowest = design.kind == .ivfflat ? 1 : min(target.k, limit)
      var width = design.kind == .ivfflat ? 1 : min(max(target.k, 16), limit)
      _ = try await measure(engine, width, choosing)
      // A graph that is searched more narrowly gives fewer than k rows.
      var tooNarrow = narrowest - 1
      var measured = try await measure(engine, width, choosing)
      while !reaches(measured) {
        // No search of this width is fast enough, still less a wider one.
        let isTooSlow = measured.p50Microseconds > (target.p50Milliseconds ?? target.p95Milliseconds ?? .infinity) * 1e3
        guard width < limit, !isTooSlow else {
          return trial(width, isTooSlow ? .tooSlow : .recallTooLow, measured, nil)
        }
        tooNarrow = width
        width = min(2 * width, limit)
        measured = try await measure(engine, width, choosing)
      }
      while width - tooNarrow > max(1, width / 24) {
        let middle = (tooNarrow + width) / 2
        if reaches(try await measure(engine, middle, choosing)) { width = middle } else { tooNarrow = middle }
      }
      measured = try await measure(engine, width, choosing, seconds: minSeconds)
      guard target.isFastEnough(p50: measured.p50Microseconds, p95: measured.p95Microseconds) else {
        return trial(width, .tooSlow, measured, nil)
      }
      return trial(width, .reached, measured, try await measure(engine, width, reporting, seconds: minSeconds))
    }
  }

  private func reaches(_ measured: TuneTrial.Measured) -> Bool {
    measured.recall - 2 * measured.standardError >= target.recall
  }

  /// Runs queries one by one, at least once each and for at least so long.
  private func measure(
    _ engine: any BenchEngine, _ width: Int, _ queries: [Int], seconds: Double = 0
  ) async throws -> TuneTrial.Measured {
    Console.progress("searching: width \(width)")
    return try await engine.withSearcher(SearchSetting(ef: width), filter: nil) { searcher in
      var answers: [[UInt64]] = []
      var latencies: [UInt64] = []
      let started = Clocks.wall()
      repeat {
        for query in queries {
          let before = Clocks.wall()
          let answer = try await searcher.one(query)
          latencies.append(Clocks.wall() - before)
          if answers.count < queries.count { answers.append(answer.map(\.label)) }
        }
      } while Double(Clocks.wall() - started) / 1e9 < seconds
      let figures = meter.figures(answers, queries: queries)
      let percentiles = Percentile.values([0.5, 0.95], of: latencies).map { ($0 / 1e3).rounded(digits: 2) }
      return TuneTrial.Measured(
        recall: figures.mean.rounded(digits: 6), standardError: figures.standardError.rounded(digits: 6),
        recallP5: figures.p5.rounded(digits: 6), p50Microseconds: percentiles[0], p95Microseconds: percentiles[1])
    }
  }
}
