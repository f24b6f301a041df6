// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation

/// `vectorstore-bench groundtruth`: the nearest rows of queries, exactly.
struct GroundTruthCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "groundtruth",
    abstract: "Computes the nearest base rows of each query exactly, and writes them as .ivecs.",
    discussion: """
      Candidates are found in float32, and ordered by their distances in float64. The base is read in blocks (.fvecs, .bvecs, \
      .fbin; other files whole), and after each the answers so far are kept in OUT.partial: an interrupted run goes on there where \
      it stopped, if the files are still the same. Where fewer rows than --k have a distance, a line ends in -1.
      """
  )

  @Option(
    help: ArgumentHelp(
      "The vectors: .fvecs, .bvecs, .fbin, .npy or .jsonl; or a store sqlite:PATH[#TABLE]; or postgresql://… with --table.",
      valueName: "file|url"))
  var base: String

  @OptionGroup
  var source: SourceOptions

  @Option(help: ArgumentHelp("The queries, a file in any of these formats.", valueName: "file"))
  var query: String

  @Option(help: "The distance.")
  var metric: FloatMetric

  @Option(help: ArgumentHelp("How many neighbours for each query.", valueName: "n"))
  var k = 100

  @Option(help: ArgumentHelp("Where to write them.", valueName: "file.ivecs"))
  var out: String

  @Option(help: ArgumentHelp("Threads. (default: one a core)", valueName: "n"))
  var threads: Int?

  func validate() throws {
    guard 1...100_000 ~= k else { throw ValidationError("--k is from 1 to 100000, not \(k)") }
    if let threads, !(1...1024 ~= threads) { throw ValidationError("--threads is from 1 to 1024, not \(threads)") }
    guard URL(fileURLWithPath: out).pathExtension == "ivecs" else {
      throw ValidationError("--out is a file named .ivecs, not '\(out)'")
    }
  }

  func run() async throws {
    let threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
    let source = try VectorSource(base, options: source)
    guard case .file(let path) = source else {
      return try await compute(source, threads: threads)
    }
    let started = Clocks.wall()
    var first: Int?
    let run = GroundTruthRun(base: path, query: query, metric: metric.metric, k: k, threads: threads)
    let computed = try run.run(to: out) { done, total in
      let elapsed = Double(Clocks.wall() - started) / 1e9
      // The first block may follow ones of an earlier run, which took no time of this one.
      let begun = first ?? done
      first = begun
      let rate = Double(max(done - begun, 1)) / elapsed
      let left = done > begun ? ", \(Int(Double(total - done) / rate)) s left" : ""
      Console.progress("\(done) of \(total) rows\(left)")
    }
    Console.endProgress()
    Console.note("\(computed) rows compared in \(Table.number(Double(Clocks.wall() - started) / 1e9, digits: 1)) s")
  }

  /// For a base that is in no file: at once, since it may change between two runs.
  private func compute(_ source: VectorSource, threads: Int) async throws {
    let vectors = try await source.read().vectors
    let queries = try VectorFile.readVectors(query)
    guard queries.dimension == vectors.dimension else {
      throw BenchError("\(query): dimension \(queries.dimension), but the base has \(vectors.dimension)")
    }
    var answers = ExactAnswers(queries: queries, metric: metric.metric, k: k)
    try answers.add(vectors, threads: threads)
    try VectorFileWriter.write(answers.neighbors, to: out)
  }
}
