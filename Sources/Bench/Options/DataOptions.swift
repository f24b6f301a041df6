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

  /// The name of the data in the results.
  var datasetName: String {
    dataset ?? URL(fileURLWithPath: base).standardizedFileURL.deletingLastPathComponent().lastPathComponent
  }
}
