// SPDX-License-Identifier: Apache-2.0

/// A vector of bits, packed 64 to a word.
public struct BitVector: Sendable, Hashable {
  /// The number of bits.
  public let count: Int
  /// Bit i is bit i mod 64 of word i / 64; unused bits of the last word are zero.
  public let words: [UInt64]

  public init(_ bits: [Bool]) {
    var words = [UInt64](repeating: 0, count: BitKernels.words(bits.count))
    for (index, bit) in bits.enumerated() where bit { words[index / 64] |= 1 << UInt64(index % 64) }
    self.count = bits.count
    self.words = words
  }

  /// Takes packed words; bits beyond `count` must be zero.
  ///
  /// - Throws: ``VectorIndexError/Code/invalidArgument`` where the words are not those of `count` bits.
  public init(count: Int, words: [UInt64]) throws(VectorIndexError) {
    guard count >= 0, count <= Int.max - 63 else {
      throw VectorIndexError(.invalidArgument, "a vector cannot have \(count) bits")
    }
    guard words.count == BitKernels.words(count) else {
      throw VectorIndexError(
        .invalidArgument, "\(count) bits need \(BitKernels.words(count)) words, not \(words.count)")
    }
    if let last = words.last, count % 64 != 0, last >> UInt64(count % 64) != 0 {
      throw VectorIndexError(.invalidArgument, "bits beyond bit \(count) must be zero")
    }
    self.count = count
    self.words = words
  }

  /// Reads PostgreSQL's text form, `0` and `1` in order; nil for any other character.
  public init?(_ text: some StringProtocol) {
    var bits: [Bool] = []
    for character in text.utf8 {
      switch character {
      case UInt8(ascii: "0"): bits.append(false)
      case UInt8(ascii: "1"): bits.append(true)
      default: return nil
      }
    }
    self.init(bits)
  }
}
