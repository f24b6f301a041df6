// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// Documents of about 300 characters and four metadata fields, the same on every run. Word frequencies follow Zipf's law, as in
/// real text.
struct MadeDocuments {
  /// How many documents share a value of `year` and of `shelf`: a tenth.
  static let values = 10
  private static let vocabulary = 20_000
  private let words: [String]
  private let ranks: [Double]

  init() {
    var random = SplitMix64(seed: 7)
    let consonants = Array("bcdfghklmnprstvz")
    let vowels = Array("aeiou")
    words = (0..<Self.vocabulary).map { _ in
      (0..<Int.random(in: 2...4, using: &random)).map { _ in
        "\(consonants[Int.random(in: consonants.indices, using: &random)])\(vowels[Int.random(in: vowels.indices, using: &random)])"
      }.joined()
    }
    var sum = 0.0
    ranks = (1...Self.vocabulary).map { rank in
      sum += 1 / Double(rank)
      return sum
    }
  }

  /// Document number `number`.
  func document(_ number: Int) -> Document {
    var random = SplitMix64(seed: UInt64(number) &+ 1_000)
    var text = ""
    while text.utf8.count < 295 { text += text.isEmpty ? word(&random) : " \(word(&random))" }
    return Document(
      id: "document-\(number)", content: text,
      metadata: [
        "year": .integer(Int64(2015 + number % Self.values)),
        "shelf": .string("shelf \((number / 7) % Self.values)"),
        "price": .double(Double(Int.random(in: 100...9_999, using: &random)) / 100),
        "source": .string("folder/file-\(number / 20).md"),
      ])
  }

  /// Words as a person might ask for.
  func question(_ number: Int) -> String {
    var random = SplitMix64(seed: UInt64(number) &+ 5_000_000)
    return (0..<4).map { _ in word(&random) }.joined(separator: " ")
  }

  private func word(_ random: inout SplitMix64) -> String {
    let target = Double.random(in: 0..<(ranks.last ?? 1), using: &random)
    var range = ranks.indices
    while range.count > 1 {
      let middle = (range.lowerBound + range.upperBound) / 2
      if ranks[middle - 1] > target { range = range.lowerBound..<middle } else { range = middle..<range.upperBound }
    }
    return words[range.lowerBound]
  }
}
