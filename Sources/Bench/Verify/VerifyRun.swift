// SPDX-License-Identifier: Apache-2.0

import PostgresBackend
import VectorStoreCore
import VectorStoreTesting

/// Runs cases of several suites, each for as long as the others, until the time is over.
struct VerifyRun {
  let suites: [any VerifySuite]
  let seed: UInt64
  let nanoseconds: UInt64

  /// One suite with the time that it has had.
  private struct Turn {
    var suite: any VerifySuite
    var used: UInt64 = 0
    var seeds: SeededGenerator
    var isDone = false
  }

  /// - Returns: what was compared, and whether it was interrupted before its end.
  func run() async throws -> (tally: VerifyTally, isInterrupted: Bool) {
    var tally = VerifyTally()
    // A suite's seeds do not depend on which others run.
    var turns = suites.map { suite in
      let place = VerifySuiteName.allCases.firstIndex(of: suite.name) ?? 0
      return Turn(suite: suite, seeds: SeededGenerator(seed &+ UInt64(place) &* 0x9E37_79B9))
    }
    let start = Clocks.wall()
    var shown: UInt64 = 0
    while let next = turns.indices.filter({ !turns[$0].isDone }).min(by: { turns[$0].used < turns[$1].used }) {
      let begun = Clocks.wall()
      // Every suite has one case at least.
      if begun - start >= nanoseconds, turns[next].used > 0 { break }
      let caseSeed = turns[next].seeds.next()
      do {
        try Task.checkCancellation()
        try await Self.run(&turns[next].suite, seed: caseSeed, &tally)
      } catch is CancellationError {
        Console.endProgress()
        return (tally, true)
      }
      turns[next].used += max(1, Clocks.wall() - begun)
      turns[next].isDone = turns[next].suite.isFinite
      if begun - shown > 200_000_000 {
        shown = begun
        Console.progress(progress(tally, seconds: (begun - start) / 1_000_000_000))
      }
    }
    Console.endProgress()
    return (tally, false)
  }

  /// Runs a case. That the server refuses what the case is made of is a disagreement, too.
  static func run(_ suite: inout any VerifySuite, seed: UInt64, _ tally: inout VerifyTally) async throws {
    do {
      try await suite.run(seed: seed, &tally)
    } catch let error as CancellationError {
      throw error
    } catch let error as VectorStoreError where error.context[.sqlState] != nil {
      try Task.checkCancellation()
      tally.add(
        VerifyDisagreement(
          suite: suite.name, seed: seed, what: "the case as a whole", input: "see the case", expected: "an answer",
          engine: "takes it", pgvector: "\(error)"))
    } catch {
      throw BenchError("the case \(suite.name.rawValue):\(seed) could not be run: \(error)")
    }
    tally.countCase(suite.name)
  }

  private func progress(_ tally: VerifyTally, seconds: UInt64) -> String {
    let counts = suites.map { "\(tally.units[$0.name] ?? 0) \($0.name.unit)" }.joined(separator: ", ")
    return "\(seconds) of \(nanoseconds / 1_000_000_000) s: \(counts), \(tally.disagreementCount) disagreements"
  }
}
