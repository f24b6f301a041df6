// SPDX-License-Identifier: Apache-2.0

import HNSW
import Testing

@Suite("Bit vectors")
struct BitVectorTests {
  private static let counts = [0, 1, 2, 63, 64, 65, 127, 128, 129, 1_000]

  @Test(arguments: counts) func bitsStandFromTheLowEndOfTheFirstWord(count: Int) {
    var generator = SeededGenerator(UInt64(count))
    let bits = (0..<count).map { _ in generator.oneIn(2) }
    let vector = BitVector(bits)
    #expect(vector.count == count)
    #expect(vector.words.count == (count + 63) / 64)
    for (index, bit) in bits.enumerated() {
      #expect((vector.words[index / 64] >> UInt64(index % 64)) & 1 == (bit ? 1 : 0))
    }
    if count % 64 != 0 { #expect(vector.words.last.map { $0 >> UInt64(count % 64) } == 0) }
  }

  @Test(arguments: counts) func theWaysToMakeOneAgree(count: Int) throws {
    var generator = SeededGenerator(UInt64(count) + 1)
    let bits = (0..<count).map { _ in generator.oneIn(2) }
    let vector = BitVector(bits)
    #expect(try BitVector(count: count, words: vector.words) == vector)
    #expect(BitVector(String(bits.map { $0 ? "1" : "0" })) == vector)
    #expect(BitVector(bits).hashValue == vector.hashValue)
  }

  @Test func lengthsTellVectorsApart() throws {
    #expect(BitVector("10") != BitVector("100"))
    #expect(BitVector("10") != BitVector("01"))
    #expect(BitVector("1") == BitVector([true]))
  }

  @Test(arguments: ["2", "1 0", "0b1", "１", "10\n", "-1"]) func otherTextIsNoVector(text: String) {
    #expect(BitVector(text) == nil)
  }

  @Test(
    arguments: [
      (-1, []), (0, [0]), (1, []), (1, [0, 0]), (64, []), (64, [0, 0]), (65, [0]), (.max, []), (.min, [0]),
      // Bits beyond the last.
      (1, [2]), (63, [1 << 63]), (65, [0, 2]), (65, [0, .max]),
    ] as [(Int, [UInt64])])
  func wordsOfAnotherLengthAreRefused(count: Int, words: [UInt64]) {
    expectError(.invalidArgument) { try BitVector(count: count, words: words) }
  }
}
