// SPDX-License-Identifier: Apache-2.0

import HNSW
import Testing

/// Ten thousand equal vectors among two thousand others: nothing is hidden, nothing is cut off.
@Suite("Duplicates")
struct DuplicateTests {
  private static let equalCount = 10_000
  private static let otherCount = 2_000
  /// Labels from here on are the others'.
  private static let others: UInt64 = 1_000_000

  static let kinds = [
    IndexKind(metric: .cosine, storage: .int8), IndexKind(metric: .l2, storage: .float32),
    IndexKind(metric: .hamming, storage: .bit),
  ]

  private struct Sample {
    let index: HNSWIndex
    let equal: TestVector
    let others: [TestVector]
    let dimension: Int
  }

  private static func make(_ kind: IndexKind, threads: Int = 1) throws -> Sample {
    let dimension = kind.storage == .bit ? 128 : 16
    var generator = SeededGenerator(5)
    let equal = TestVector.random(kind, dimension: dimension, using: &generator)
    let others = (0..<otherCount).map { _ in TestVector.random(kind, dimension: dimension, using: &generator) }
    var labelled = (0..<equalCount).map { (UInt64($0), equal) }
    labelled += others.enumerated().map { (Self.others + UInt64($0.offset), $0.element) }
    labelled.shuffle(using: &generator)
    let index = try HNSWIndex(kind.configuration(dimension: dimension))
    // In several calls, so that duplicates meet those of earlier ones.
    for part in stride(from: 0, to: labelled.count, by: 3_000) {
      let rows = labelled[part..<min(part + 3_000, labelled.count)]
      try index.upsert(labels: rows.map(\.0), vectors: rows.map(\.1), threads: threads)
    }
    return Sample(index: index, equal: equal, others: others, dimension: dimension)
  }

  @Test(arguments: kinds, [1, 3]) func allAreFound(kind: IndexKind, threads: Int) throws {
    let sample = try Self.make(kind, threads: threads)
    try expectNothingHidden(sample, equal: Array(0..<UInt64(Self.equalCount)))
    let twins = try sample.index.statistics().twins
    // A few with upper levels are linked themselves, since there the first has no place.
    #expect((Self.equalCount - 30..<Self.equalCount).contains(twins))
  }

  private func expectNothingHidden(_ sample: Sample, equal labels: [UInt64]) throws {
    let (index, view) = (sample.index, sample.index.view())
    try index.checkInvariants()
    // All of them, and the first others behind.
    let all = try view.search(sample.equal, k: labels.count + 5, options: SearchOptions(efSearch: 40))
    #expect(all.prefix(labels.count).map(\.label) == labels)
    #expect(all.count == labels.count + 5 && all.suffix(5).allSatisfy { $0.label >= Self.others })
    // A few of them by a walk, and not one other.
    let few = try view.search(sample.equal, k: 20, options: SearchOptions(efSearch: 40))
    #expect(few.count == 20 && few.allSatisfy { $0.label < Self.others })
    // A single one by a filter.
    for label in [labels[0], labels[labels.count / 2], labels[labels.count - 1]] {
      let list = try view.allowList(labels: [label])
      #expect(try view.search(sample.equal, k: 3, options: SearchOptions(allow: list)).map(\.label) == [label])
    }
    // Half of them by a walk with a filter.
    let odd = try view.allowList { $0 % 2 == 1 }
    let found = try view.search(sample.equal, k: 20, options: SearchOptions(efSearch: 40, allow: odd))
    #expect(found.count == 20 && found.allSatisfy { $0.label % 2 == 1 })
    #expect(found.count { $0.label < Self.others } == min(20, labels.count { $0 % 2 == 1 }))
    // The others by walks.
    var hits = 0
    for (row, vector) in sample.others.enumerated() where row % 10 == 0 {
      let nearest = try view.search(vector, k: 1, options: SearchOptions(efSearch: 60))
      hits += nearest.first?.label == Self.others + UInt64(row) ? 1 : 0
    }
    #expect(hits >= Self.otherCount / 10 * 98 / 100, "\(hits) of \(Self.otherCount / 10) others found")
  }

  @Test(arguments: kinds) func removalAndCompactionHideNothing(kind: IndexKind) throws {
    let sample = try Self.make(kind)
    let index = sample.index
    // The one that the others hang behind came first; its slot is the lowest of all that are equal.
    let view = index.view()
    let first = try #require(
      (0..<view.slotCount).lazy.compactMap { try? view.label(slot: $0) }.first { $0 < Self.others })
    try index.remove(label: first)
    var labels = (0..<UInt64(Self.equalCount)).filter { $0 != first }
    try expectNothingHidden(sample, equal: labels)
    try index.compact()
    try expectNothingHidden(sample, equal: labels)
    // All but 30 go.
    let kept = Set(stride(from: 7, to: Self.equalCount, by: Self.equalCount / 30).map { UInt64($0) })
    try index.remove(labels: labels.filter { !kept.contains($0) })
    labels = labels.filter(kept.contains)
    try expectNothingHidden(sample, equal: labels)
    try index.compact(threads: 2)
    try expectNothingHidden(sample, equal: labels)
    // And come again.
    let again = (0..<UInt64(Self.equalCount)).filter { !labels.contains($0) }
    try index.upsert(labels: again, vectors: again.map { _ in sample.equal })
    try expectNothingHidden(sample, equal: Array(0..<UInt64(Self.equalCount)))
  }

  @Test(arguments: kinds) func nothingButEqualVectors(kind: IndexKind) throws {
    var generator = SeededGenerator(5)
    let vector = TestVector.random(kind, dimension: 16, using: &generator)
    let index = try HNSWIndex(kind.configuration(dimension: 16))
    let labels = Array(0..<UInt64(3_000))
    try index.upsert(labels: labels, vectors: labels.map { _ in vector })
    try index.checkInvariants()
    #expect(try index.view().search(vector, k: 3_000).map(\.label) == labels)
    #expect(try index.view().search(vector, k: 7).count == 7)
    let last = try index.view().allowList(labels: [2_999])
    #expect(try index.view().search(vector, k: 7, options: SearchOptions(allow: last)).map(\.label) == [2_999])
  }
}
