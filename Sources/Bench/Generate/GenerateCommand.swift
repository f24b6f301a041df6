// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation

/// `vectorstore-bench generate`: vectors to measure with.
struct GenerateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Writes generated vectors, queries and their nearest rows.",
    discussion: """
      Makes base, query and groundtruth.ivecs in --out. One seed gives one set. clustered: many clusters, each spread along a few \
      directions; uniform: every value from -1 to 1; unit: directions of length 1; ood: a clustered base with queries from another \
      distribution.
      """
  )

  @Argument(help: "How they are distributed.")
  var shape: GeneratedShape

  @Option(help: ArgumentHelp("Base rows.", valueName: "n"))
  var rows = 30_000

  @Option(help: ArgumentHelp("Queries.", valueName: "n"))
  var queries = 500

  @Option(name: .customLong("dim"), help: ArgumentHelp("Values in a vector.", valueName: "n"))
  var dimension = 384

  @Option(help: "What everything depends on.")
  var seed: UInt64 = 42

  @Option(help: ArgumentHelp("The folder, which is made where it is missing.", valueName: "folder"))
  var out: String

  @Option(help: "The format of base and query.")
  var format = GeneratedFormat.fvecs

  @Option(help: "The distance of the ground truth.")
  var metric = FloatMetric.cosine

  @Option(help: ArgumentHelp("Neighbours for each query in the ground truth.", valueName: "n"))
  var k = 100

  @Flag(help: "Leave the ground truth out.")
  var noGroundtruth = false

  func validate() throws {
    guard 1...100_000_000 ~= rows, 1...1_000_000 ~= queries, 1...65_536 ~= dimension else {
      throw ValidationError(
        "--rows is from 1 to 100000000, --queries to 1000000 and --dim to 65536; not \(rows), \(queries), \(dimension)")
    }
    guard 1...100_000 ~= k else { throw ValidationError("--k is from 1 to 100000, not \(k)") }
  }

  func run() async throws {
    let folder = URL(fileURLWithPath: out)
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw BenchError("\(out): the folder can't be made")
    }
    Console.progress("generating")
    let vectors = GeneratedVectors(shape, rows: rows, queries: queries, dimension: dimension, seed: seed)
    let base = folder.appendingPathComponent("base.\(format.rawValue)").path
    let query = folder.appendingPathComponent("query.\(format.rawValue)").path
    try VectorFileWriter.write(vectors.base, to: base)
    try VectorFileWriter.write(vectors.queries, to: query)
    Console.endProgress()
    guard !noGroundtruth else { return }
    let run = GroundTruthRun(
      base: base, query: query, metric: metric.metric, k: k, threads: ProcessInfo.processInfo.activeProcessorCount)
    _ = try run.run(to: folder.appendingPathComponent("groundtruth.ivecs").path) { done, total in
      Console.progress("exact answers: \(done) of \(total) rows")
    }
    Console.endProgress()
  }
}
