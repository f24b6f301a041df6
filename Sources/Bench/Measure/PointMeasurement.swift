// SPDX-License-Identifier: Apache-2.0

import HNSW

/// Times one point: one query at a time, then all in one call.
struct PointMeasurement {
  /// How many queries there are.
  let queryCount: Int
  /// How many threads the batch was asked to use.
  let threads: Int
  /// For how long, at least, whole passes over the queries are repeated, each way.
  let minSeconds: Double

  /// The point of `searcher` at one efSearch.
  ///
  /// Each way is timed over whole passes for at least `minSeconds`; the better one is the point's QPS, and the
  /// percentiles are those of single queries. Recall is the worse of the two.
  func measure(_ searcher: Searcher, ef: Int, task: SearchTask) async throws -> AnnPoint {
    let single = try await timeSingle(searcher)
    let batch = try await timeBatch(searcher)
    if threads == 1, searcher.worksHere, batch.cores > 1.2 {
      Console.note("warning: one thread was asked for, but the batch at ef \(ef) used \(batch.cores) cores")
    }
    let percentiles = Percentile.values([0.5, 0.95, 0.99], of: single.latencies).map { ($0 / 1e3).rounded(digits: 2) }
    let singleRows = rows(single.answers)
    let batchRows = rows(batch.answers)
    let figures = RecallFigures.lower(task.meter.figures(singleRows), task.meter.figures(batchRows))
    let violations = task.filter.map { _ in task.meter.violations(singleRows) + task.meter.violations(batchRows) } ?? 0
    return AnnPoint(
      ef: ef,
      recall: figures.mean.rounded(digits: 6),
      recallByIDs: figures.byIDs.rounded(digits: 6),
      recallP5: figures.p5.rounded(digits: 6),
      worst: figures.worst,
      qps: max(single.qps, batch.qps).rounded(digits: 2),
      qpsSingle: single.qps.rounded(digits: 2),
      qpsBatch: batch.qps.rounded(digits: 2),
      p50Microseconds: percentiles[0],
      p95Microseconds: percentiles[1],
      p99Microseconds: percentiles[2],
      batchCores: searcher.worksHere ? batch.cores.rounded(digits: 2) : nil,
      iterative: searcher.iterative,
      plan: searcher.plan,
      filter: task.filter?.name,
      selectivity: task.filter?.selectivity.rounded(digits: 6),
      allowed: task.filter?.allowed.count,
      violations: violations == 0 ? nil : violations)
  }

  /// Nanoseconds of every call, and the first pass's answers.
  private func timeSingle(
    _ searcher: Searcher
  ) async throws -> (latencies: [UInt64], answers: [[Neighbor]], qps: Double) {
    var latencies: [UInt64] = []
    var answers: [[Neighbor]] = []
    answers.reserveCapacity(queryCount)
    let started = Clocks.wall()
    repeat {
      latencies.reserveCapacity(latencies.count + queryCount)
      for query in 0..<queryCount {
        let before = Clocks.wall()
        let answer = try await searcher.one(query)
        latencies.append(Clocks.wall() - before)
        if answers.count < queryCount {
          answers.append(answer)
        }
      }
    } while seconds(since: started) < minSeconds
    let busy = Double(latencies.reduce(0, +)) / 1e9
    return (latencies, answers, Double(latencies.count) / busy)
  }

  /// The mean over the passes made, with the cores in use meanwhile.
  private func timeBatch(_ searcher: Searcher) async throws -> (answers: [[Neighbor]], qps: Double, cores: Double) {
    var answers: [[Neighbor]] = []
    var passes = 0
    let started = Clocks.wall()
    let processorStarted = Clocks.processor()
    repeat {
      answers = try await searcher.batch()
      passes += 1
    } while seconds(since: started) < minSeconds
    let elapsed = seconds(since: started)
    let cores = Double(Clocks.processor() - processorStarted) / 1e9 / elapsed
    return (answers, Double(passes * queryCount) / elapsed, cores)
  }

  private func seconds(since started: UInt64) -> Double {
    Double(Clocks.wall() - started) / 1e9
  }

  private func rows(_ answers: [[Neighbor]]) -> [[UInt64]] {
    answers.map { $0.map(\.label) }
  }
}
