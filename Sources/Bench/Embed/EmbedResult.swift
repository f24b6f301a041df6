// SPDX-License-Identifier: Apache-2.0

/// What one round of embedding gave.
struct EmbedResult: Encodable {
  let round: Int
  let threads: Int
  let texts: Int
  /// Passes over all texts.
  let passes: Int
  let seconds: Double
  /// Processor time of all threads.
  let processorSeconds: Double
  let textsPerSecond: Double
  /// How long the model took to load.
  let loadSeconds: Double
  let residentBytes: Int

  private enum CodingKeys: String, CodingKey {
    case round, threads, texts, passes, seconds
    case processorSeconds = "processor_seconds"
    case textsPerSecond = "texts_per_second"
    case loadSeconds = "load_seconds"
    case residentBytes = "resident_bytes"
  }
}
