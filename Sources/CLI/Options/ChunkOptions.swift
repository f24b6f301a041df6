// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import VectorStoreCore

/// How texts are cut.
struct ChunkOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The longest passage, in characters; never beyond the window of a local model. (default: 1000)", valueName: "n"))
  var chunkSize: String?

  @Option(
    help: ArgumentHelp(
      "How much of the end of a passage the next one may repeat, in characters. (default: a tenth)", valueName: "n"))
  var chunkOverlap: String?

  init() {}

  /// What these flags set.
  var settings: [Setting: String] {
    var values: [Setting: String] = [:]
    values[.chunkSize] = chunkSize
    values[.chunkOverlap] = chunkOverlap
    return values
  }

  /// The chunker that the settings say, for an embedder.
  func chunker(_ settings: Settings, for embedder: (any Embedder)?) throws -> Chunker {
    let size = try settings[.chunkSize]?.number(in: 1...1_000_000) ?? 1_000
    let overlap: Int
    if let given = settings[.chunkOverlap] {
      overlap = try given.number(in: 0...999_999)
      guard overlap < size else { throw given.fault("less than the size of a passage, \(size)") }
    } else {
      overlap = size / 10
    }
    return try Chunker(size: size, overlap: overlap, embedder: embedder)
  }
}
