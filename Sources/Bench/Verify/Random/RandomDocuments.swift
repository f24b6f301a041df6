// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore
import VectorStoreTesting

/// Records with the metadata of `SeededGenerator`, ids and texts that databases get wrong, and words that are found.
enum RandomDocuments {
  private static let words = ["vector", "index", "recall", "graph", "filter", "table", "向量", "检索", "Über", "naïve"]
  private static let ids = [
    "", "a", "A", "é", "e\u{301}", "'", "\"", "\\", "%", "_", "向", "\u{1F468}\u{200D}\u{1F469}", " ",
  ]

  /// So many records; vectors are ordinary ones, some of them equal.
  static func records(_ count: Int, dimension: Int, _ random: inout SeededGenerator) -> [Record] {
    var records: [Record] = []
    for number in 0..<count {
      let isCopy = !records.isEmpty && random.oneIn(10)
      let vector = isCopy ? random.pick(records).vector : random.vector(dimension: dimension)
      records.append(
        Record(
          id: "\(random.pick(ids))\(number)", content: text(&random), metadata: random.metadata(), vector: vector))
    }
    return records
  }

  /// A few words.
  static func text(_ random: inout SeededGenerator) -> String {
    (0..<(1 + random.below(6))).map { _ in random.pick(words) }.joined(separator: " ")
  }
}
