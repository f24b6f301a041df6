// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// What is measured, how often and how long. One set of build parameters holds for all engines.
struct ComparedSearchOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Links a vector has in each upper layer; twice as many in the lowest.", valueName: "n"))
  var m = 16

  @Option(help: ArgumentHelp("The beam width while building.", valueName: "n"))
  var efConstruction = 64

  @Option(help: ArgumentHelp("The beam widths of the search.", valueName: "n,…"))
  var ef = CommaList([10, 20, 40, 80, 120, 160, 240, 400])

  @Option(help: ArgumentHelp("How many neighbours a query asks for.", valueName: "n"))
  var k = 10

  @Option(help: ArgumentHelp("Threads for building and for the batch of queries.", valueName: "n"))
  var threads = 1

  @Option(help: ArgumentHelp("Whole passes over the queries are repeated for at least this long.", valueName: "s"))
  var minSeconds = 0.25

  @Option(help: ArgumentHelp("In how many rounds the engines take turns.", valueName: "n"))
  var rounds = 3

  @Option(help: ArgumentHelp("In how many of the rounds the filters are measured, too.", valueName: "n"))
  var filterRounds = 1

  @Option(help: ArgumentHelp("How often each index is built.", valueName: "n"))
  var builds = 1

  @Option(
    help: ArgumentHelp("Build once more on so many threads; no more than --threads leaves it out.", valueName: "n"))
  var parallelBuildThreads = 1

  @Option(help: ArgumentHelp("How long one answer of an engine may take.", valueName: "s"))
  var timeout = 1800.0

  init() {}

  func validate() throws {
    guard 2...128 ~= m else { throw ValidationError("--m is from 2 to 128, not \(m)") }
    guard 4...4096 ~= efConstruction else {
      throw ValidationError("--ef-construction is from 4 to 4096, not \(efConstruction)")
    }
    if let wrong = ef.elements.first(where: { $0 < 1 }) {
      throw ValidationError("--ef holds \(wrong), and a beam is at least 1 wide")
    }
    guard k >= 1 else { throw ValidationError("--k is at least 1, not \(k)") }
    guard 0...3600 ~= minSeconds else {
      throw ValidationError("--min-seconds is from 0 to 3600, not \(minSeconds)")
    }
    guard 0.1...1e6 ~= timeout else { throw ValidationError("--timeout is from 0.1 to 1000000, not \(timeout)") }
    let counts = [
      ("--threads", threads, 1), ("--rounds", rounds, 1), ("--filter-rounds", filterRounds, 0), ("--builds", builds, 1),
      ("--parallel-build-threads", parallelBuildThreads, 1),
    ]
    for (option, value, least) in counts where !(least...1024 ~= value) {
      throw ValidationError("\(option) is from \(least) to 1024, not \(value)")
    }
  }

  /// As the results state them.
  var settings: ComparisonSettings {
    ComparisonSettings(
      rounds: rounds, filterRounds: filterRounds, builds: builds, parallelBuildThreads: parallelBuildThreads,
      ef: ef.elements, m: m, efConstruction: efConstruction, threads: threads, minSeconds: minSeconds)
  }

  /// The part of them that a runner gets.
  var runnerArguments: [String] {
    [
      "--m", String(m), "--ef-construction", String(efConstruction),
      "--ef", ef.elements.map(String.init).joined(separator: ","), "--k", String(k), "--threads", String(threads),
      "--min-seconds", String(minSeconds),
    ]
  }
}
