// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation

/// `vectorstore-bench compare`: engines on the same data, in turns.
struct CompareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Measures our index, pgvector and others on the same data in turns, and writes a report.",
    discussion: """
      Writes results.json, results.csv, table.md, report.html and curves.svg to --out, and a plot to standard output. An \
      engine that fails is named and left out. Where the labels of --filter-labels have names, they are in a file beside it \
      that ends in .json, an array of strings.
      """)

  @OptionGroup var options: CompareOptions

  func run() async throws {
    // The engines are waited for with blocking calls, which have to stay off the cooperative threads.
    let interrupted = try await withCheckedThrowingContinuation { continuation in
      let options = options
      Thread.detachNewThread {
        continuation.resume(with: Result { try Self.compare(options) })
      }
    }
    if interrupted { throw ExitCode(Interruption.interruptedStatus) }
  }

  /// - Returns: Whether Ctrl-C ended it early.
  private static func compare(_ options: CompareOptions) throws -> Bool {
    guard let companion = Bundle.main.executableURL?.path else {
      throw BenchError("the system doesn't tell where this executable is")
    }
    let files = try ReportFiles(folder: options.out)
    let plan = ComparisonPlan(
      dataset: options.data.datasetName, engines: try engines(options, executable: companion),
      settings: options.search.settings, filters: options.filter.count,
      categoryNames: try options.filter.categoryNames(), timeout: options.search.timeout,
      logs: try files.subfolder("logs"), companion: companion)
    let interruption = InterruptPipe()
    let comparison = Comparison(plan, interruption: interruption)
    do {
      let results = ResultsFile(datasets: [try comparison.run()])
      try files.write(results)
    } catch is Interrupted {
      return true
    }
    withExtendedLifetime(interruption) {}
    return comparison.wasInterrupted
  }

  private static func engines(_ options: CompareOptions, executable: String) throws -> [ComparedEngine] {
    let own = try options.engines.chosen().map { engine in
      ComparedEngine(
        id: engine.rawValue, label: engine.label,
        command: [executable] + engine.arguments(postgres: options.engines.postgres ?? "")
          + options.runnerArguments(filters: engine != .swiftExact))
    }
    let peers = options.engines.peers.map { peer in
      ComparedEngine(
        id: peer.name, label: peer.name,
        command: peer.command + options.runnerArguments(filters: !options.engines.unfiltered.contains(peer.name)),
        isAside: options.engines.aside.contains(peer.name))
    }
    return own + peers
  }
}
