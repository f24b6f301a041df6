// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `vectorstore-bench report`: draws results anew, several together.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Draws results of compare, and documents of single runs, as one report.",
    discussion: """
      Reads results.json of `compare`, and what `ann`, `pgvector` and the peers write with --json; the latter stand beside \
      the comparison of the same data. Writes results.json, results.csv, table.md, report.html and an SVG for each data set.
      """)

  @Argument(help: ArgumentHelp("Results, one file or several.", valueName: "result.json"))
  var results: [String]

  @Option(help: ArgumentHelp("The folder for the report.", valueName: "dir"))
  var out: String

  func run() throws {
    let results = try ResultsFile(reading: results)
    guard results.datasets.contains(where: { !$0.engines.isEmpty }) else {
      throw BenchError("the results hold no engine")
    }
    try ReportFiles(folder: out).write(results)
  }
}
