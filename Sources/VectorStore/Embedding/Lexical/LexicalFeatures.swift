// SPDX-License-Identifier: Apache-2.0

/// The features of a text for ``HashingEmbedder``, as hashes with their weights.
struct LexicalFeatures {
  private var counts: [UInt64: (count: Double, weight: Double)] = [:]

  init(_ text: String) {
    let words = FoldedWords(text).words
    var previous: FoldedWords.Word?
    for word in words {
      if word.isIdeograph {
        add("c", word.text.utf8, weight: 0.3)
        if let before = previous, before.isIdeograph, before.range.upperBound == word.range.lowerBound {
          add("b", (before.text + word.text).utf8, weight: 1)
        }
      } else {
        let weight = CommonWords.weight(of: word.text)
        add("w", word.text.utf8, weight: weight)
        addTrigrams(of: word.text, weight: weight * 0.35)
      }
      previous = word
    }
    if words.isEmpty {
      // Of texts without words, symbols are what there is.
      for scalar in text.unicodeScalars where !scalar.properties.isWhitespace {
        add("s", String(scalar).utf8, weight: 1)
      }
    }
  }

  /// The features in a fixed order, so that sums are the same on every run.
  var weights: [(feature: UInt64, weight: Double)] {
    counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value.weight * $0.value.count.squareRoot()) }
  }

  /// Parts of a word, with its ends marked, so that forms of one word share most of theirs.
  private mutating func addTrigrams(of word: String, weight: Double) {
    let bytes = Array("<\(word)>".utf8)
    // Where characters begin, and the end: a string for each part would cost more than its hash.
    let starts = bytes.indices.filter { bytes[$0] & 0xC0 != 0x80 } + [bytes.count]
    guard starts.count > 5 else { return }
    for (start, end) in zip(starts, starts.dropFirst(3)) { add("t", bytes[start..<end], weight: weight) }
  }

  private mutating func add(_ kind: Unicode.Scalar, _ bytes: some Sequence<UInt8>, weight: Double) {
    counts[Self.hash(kind, bytes), default: (0, weight)].count += 1
  }

  /// FNV-1a, its bits then mixed as MurmurHash3 does, because the upper ones of short texts hardly differ.
  private static func hash(_ kind: Unicode.Scalar, _ bytes: some Sequence<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ UInt64(kind.value)
    hash &*= 0x100_0000_01B3
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    hash = (hash ^ (hash >> 33)) &* 0xFF51_AFD7_ED55_8CCD
    hash = (hash ^ (hash >> 33)) &* 0xC4CE_B9FE_1A85_EC53
    return hash ^ (hash >> 33)
  }
}
