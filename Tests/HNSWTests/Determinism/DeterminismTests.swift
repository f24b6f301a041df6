// SPDX-License-Identifier: Apache-2.0

import HNSW
import Testing

@Suite("One seed, one graph")
struct DeterminismTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  /// The file of an index that has gone through all kinds of changes, on one thread.
  private func file(_ kind: IndexKind, seed: UInt64) throws -> [UInt8] {
    var generator = SeededGenerator(9)
    let index = try HNSWIndex(kind.configuration(dimension: 12, m: 6, efConstruction: 24, seed: seed))
    func vectors(_ count: Int) -> [TestVector] {
      (0..<count).map { row in
        row % 20 == 7 && kind.storage != .bit
          ? .floats([Float](repeating: 1, count: 12)) : .random(kind, dimension: 12, using: &generator)
      }
    }
    try index.upsert(labels: Array(0..<900), vectors: vectors(900))
    for label in 900..<1_000 as Range<UInt64> { try index.upsert(labels: [label], vectors: vectors(1)) }
    try index.remove(labels: Array(100..<300))
    try index.upsert(labels: Array(50..<150), vectors: vectors(100))
    try index.compact()
    try index.upsert(labels: Array(2_000..<2_100), vectors: vectors(100))
    try index.remove(labels: [3, 5])
    try index.save(to: directory.file("first"))
    let opened = try HNSWIndex.open(path: directory.file("first"))
    try opened.upsert(labels: Array(3_000..<3_300), vectors: vectors(300))
    try opened.save(to: directory.file("second"))
    return try directory.bytes("first") + directory.bytes("second")
  }

  @Test(arguments: IndexKind.all) func twoBuildsAreByteForByteTheSame(kind: IndexKind) throws {
    let (first, second) = (try file(kind, seed: 1), try file(kind, seed: 1))
    #expect(first == second)
    let other = try file(kind, seed: 2)
    #expect(first != other)
    // Not the seed in the header alone: the levels differ, too.
    let (a, b) = (FileImage(first), FileImage(other))
    let (levelsOfA, levelsOfB) = (try #require(a.section(.upperIndex)), try #require(b.section(.upperIndex)))
    #expect(
      first[levelsOfA.offset..<levelsOfA.offset + levelsOfA.byteCount]
        != other[levelsOfB.offset..<levelsOfB.offset + levelsOfB.byteCount])
  }

  @Test(arguments: IndexKind.floats) func searchesThatRepeatGiveTheSame(kind: IndexKind) throws {
    let set = VectorSet.clustered(3_000, dimension: 16, clusters: 20, seed: 5)
    let index = try HNSWIndex(kind.configuration(dimension: 16))
    try index.add(labels: Array(0..<3_000), vectors: set.values, threads: 2)
    for row in 0..<20 {
      let answers = try (0..<3).map { _ in try index.search(set[row], k: 10, options: SearchOptions(efSearch: 20)) }
      #expect(answers[0] == answers[1] && answers[1] == answers[2])
    }
  }
}
