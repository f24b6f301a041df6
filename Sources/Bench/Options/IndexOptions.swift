// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HNSW

/// How the index is built.
struct IndexOptions: ParsableArguments {
  @Option(help: "What to measure.")
  var index: IndexKind = .hnsw

  @Option(help: "What the graph is walked on.")
  var storage: VectorStorage = .float32

  @Option(help: ArgumentHelp("Links a vector has in each upper layer; twice as many in the lowest.", valueName: "n"))
  var m = 16

  @Option(help: ArgumentHelp("The beam width while building.", valueName: "n"))
  var efConstruction = 64

  @Option(help: ArgumentHelp("The seed of the graph's levels.", valueName: "n"))
  var seed: UInt64 = 42

  init() {}

  func validate() throws {
    guard 2...128 ~= m else { throw ValidationError("--m is from 2 to 128, not \(m)") }
    guard 4...4096 ~= efConstruction else {
      throw ValidationError("--ef-construction is from 4 to 4096, not \(efConstruction)")
    }
  }

  /// The configuration of an index over vectors of `dimension` values.
  func configuration(dimension: Int, metric: Metric) -> HNSWConfiguration {
    HNSWConfiguration(
      dimension: dimension, metric: metric, storage: storage.storage, m: m, efConstruction: efConstruction, seed: seed)
  }
}
