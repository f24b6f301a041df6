// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation

/// The vectors.
struct DataOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The vectors: .fvecs, .bvecs, .fbin or .npy (float32, C order).", valueName: "file"))
  var base: String

  @Option(help: ArgumentHelp("The queries, in any of these formats.", valueName: "file"))
  var query: String

  @Option(help: ArgumentHelp("The nearest rows of each query, .ivecs; computed where not given.", valueName: "file"))
  var groundtruth: String?

  @Option(help: ArgumentHelp("The name in the results. (default: the folder of --base)", valueName: "name"))
  var dataset: String?

  @Option(help: "The distance.")
  var metric: FloatMetric

  init() {}

  /// The vectors and the queries.
  ///
  /// - Throws: ``VectorFileError`` or ``BenchError`` where they aren't what they should be, or don't fit each other.
  func read() async throws -> (base: Matrix<Float>, queries: Matrix<Float>) {
    let vectors = try VectorFile.readVectors(base)
    let queries = try VectorFile.readVectors(query)
    guard queries.dimension == vectors.dimension else {
      throw BenchError("\(query): dimension \(queries.dimension), but the base has \(vectors.dimension)")
    }
    return (vectors, queries)
  }

  /// The name of the data in the results.
  var datasetName: String {
    dataset ?? URL(fileURLWithPath: base).standardizedFileURL.deletingLastPathComponent().lastPathComponent
  }
}
