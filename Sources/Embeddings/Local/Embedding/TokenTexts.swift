// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// The token sequences of a call's texts, and the vectors that they become.
///
/// Sendable because each sequence's vector is written once, by the step that has its batch, and read after all are.
final class TokenTexts: @unchecked Sendable {
  /// All sequences, those of one text side by side.
  let sequences: [[Int32]]
  /// Which sequences are a text's.
  private let ranges: [Range<Int>]
  /// Tokens of the text in each sequence.
  private let weights: [Int]
  private let dimension: Int
  private let rows: FloatBuffer

  let tokenCount: Int

  init(_ texts: [[(ids: [Int32], weight: Int)]], dimension: Int) {
    self.dimension = dimension
    sequences = texts.flatMap { $0.map(\.ids) }
    weights = texts.flatMap { $0.map(\.weight) }
    tokenCount = sequences.reduce(0) { $0 + $1.count }
    var start = 0
    ranges = texts.map { text in
      defer { start += text.count }
      return start..<(start + text.count)
    }
    rows = FloatBuffer(count: sequences.count * dimension)
  }

  /// About how many texts are done when so many sequences are.
  func textsDone(sequences count: Int) -> Int {
    count == sequences.count ? ranges.count : count * ranges.count / max(sequences.count, 1)
  }

  /// Computes the vectors of one batch.
  func encode(_ batch: [Int], model: any SentenceModel, scratch: Scratch) {
    var tokens = TokenBatch()
    for number in batch { tokens.append(sequences[number]) }
    withUnsafeTemporaryAllocation(of: Float.self, capacity: batch.count * dimension) { results in
      guard let base = results.baseAddress else { return }
      model.encode(tokens, scratch: scratch, into: base)
      for (row, number) in batch.enumerated() {
        (rows.base + number * dimension).update(from: base + row * dimension, count: dimension)
      }
    }
  }

  /// One vector for each text.
  func vectors(normalized: Bool) throws -> [[Float]] {
    try ranges.enumerated().map { index, range in
      let vector = vector(range, normalized: normalized)
      guard vector.allSatisfy(\.isFinite) else {
        throw VectorStoreError(
          .embeddingFailed, "the vector holds a NaN or an infinity: the model's weights are damaged",
          context: [.row: String(index)])
      }
      return vector
    }
  }

  private func vector(_ range: Range<Int>, normalized: Bool) -> [Float] {
    var vector = row(range.lowerBound)
    if normalized { Self.normalize(&vector) }
    guard range.count > 1 else { return vector }
    var total = weights[range.lowerBound]
    for index in vector.indices { vector[index] *= Float(total) }
    for number in range.dropFirst() {
      var window = row(number)
      if normalized { Self.normalize(&window) }
      for index in vector.indices { vector[index] += window[index] * Float(weights[number]) }
      total += weights[number]
    }
    for index in vector.indices { vector[index] /= Float(max(total, 1)) }
    if normalized { Self.normalize(&vector) }
    return vector
  }

  private func row(_ number: Int) -> [Float] {
    Array(UnsafeBufferPointer(start: rows.base + number * dimension, count: dimension))
  }

  /// Divides by the norm. A vector of zeros, which a static model makes of a text without known words, stays.
  private static func normalize(_ vector: inout [Float]) {
    var sum = 0.0
    for number in vector { sum += Double(number) * Double(number) }
    guard sum > 0 else { return }
    let factor = Float(1 / sum.squareRoot())
    for index in vector.indices { vector[index] *= factor }
  }
}
