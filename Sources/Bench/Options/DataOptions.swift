// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation

/// The vectors.
struct DataOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      The vectors: a file (.fvecs, .bvecs, .fbin, .npy of float32 in C order, .jsonl with arrays or objects that have one as \
      "embedding" or "vector"), a store sqlite:PATH[#TABLE], or postgresql://… with --table. They are read only.
      """, valueName: "file|url"))
  var base: String

  @OptionGroup
  var source: SourceOptions

  @OptionGroup
  var queries: QuerySourceOptions

  @Option(
    help: ArgumentHelp("The nearest rows of each query, .ivecs or .ibin; computed where not given.", valueName: "file"))
  var groundtruth: String?

  @Option(
    help: ArgumentHelp("The name in the results. (default: the folder of --base, or the table)", valueName: "name"))
  var dataset: String?

  @Option(help: "The distance.")
  var metric: FloatMetric

  init() {}

  func validate() throws {
    guard groundtruth == nil || queries.query != nil else {
      throw ValidationError("--groundtruth belongs to the queries of a file, --query")
    }
  }

  /// The vectors and the queries. Sampled queries are not among the vectors any more.
  ///
  /// - Throws: ``VectorFileError`` or ``BenchError`` where they aren't what they should be, or don't fit each other.
  func read() async throws -> (base: Matrix<Float>, queries: Matrix<Float>) {
    let vectors = try await VectorSource(base, options: source).read().vectors
    if let queries = try queries.read(dimension: vectors.dimension) { return (vectors, queries) }
    let (queries, rest) = try queries.sample(of: vectors.count).split(vectors)
    return (rest, queries)
  }

  /// The name of the data in the results.
  var datasetName: String {
    if let dataset { return dataset }
    return (try? VectorSource(base, options: source).name) ?? "unknown"
  }
}
