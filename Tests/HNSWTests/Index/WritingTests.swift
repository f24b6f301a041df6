// SPDX-License-Identifier: Apache-2.0

import HNSW
import Testing

@Suite("Writing")
struct WritingTests {
  private let index: HNSWIndex
  private let vectors = VectorSet.normal(40, dimension: 5, seed: 1)

  init() throws { index = try HNSWIndex(HNSWConfiguration(dimension: 5, metric: .l2)) }

  @Test func aNewIndexIsEmpty() throws {
    #expect(index.count == 0)
    #expect(index.changeNumber == 0)
    #expect(try index.search(vectors[0], k: 3) == [])
    #expect(index.view().slotCount == 0)
    #expect(try !index.contains(label: 0))
    #expect(try index.vector(label: 0) == nil)
    #expect(try !index.remove(label: 0))
    try index.compact()
    try index.checkInvariants()
    #expect(try index.statistics().count == 0)
  }

  @Test func addedVectorsAreThereAsTheyWereGiven() throws {
    try index.add(label: 7, vector: vectors[0])
    try index.add(labels: [.max, 0], vectors: vectors.rows(1..<3))
    #expect(index.count == 3)
    #expect(try index.contains(label: 7) && index.contains(label: .max) && index.contains(label: 0))
    #expect(try !index.contains(label: 1))
    #expect(try index.vector(label: 7) == vectors[0])
    #expect(try index.vector(label: .max) == vectors[1])
    #expect(try index.search(vectors[2], k: 1) == [Neighbor(label: 0, distance: 0)])
  }

  @Test func upsertReplacesAndAdds() throws {
    try index.add(labels: [1, 2], vectors: vectors.rows(0..<2))
    try index.upsert(labels: [2, 3], vectors: vectors.rows(2..<4))
    #expect(index.count == 3)
    #expect(try index.vector(label: 2) == vectors[2])
    #expect(try index.vector(label: 3) == vectors[3])
    // The replaced vector is no result any more.
    let nearest = try index.search(vectors[1], k: 10)
    #expect(nearest.count == 3)
    #expect(nearest.allSatisfy { $0.distance > 0 })
    #expect(try index.statistics().deadSlots == 1)
    try index.upsert(label: 1, vector: vectors[4])
    #expect(try index.vector(label: 1) == vectors[4])
  }

  @Test func aLabelThatComesTwiceInAnUpsertKeepsItsLastVector() throws {
    try index.upsert(labels: [1, 2, 1, 1], vectors: vectors.rows(0..<4))
    #expect(index.count == 2)
    #expect(try index.vector(label: 1) == vectors[3])
    #expect(try index.vector(label: 2) == vectors[1])
    #expect(try index.search(vectors[0], k: 5).count == 2)
    try index.checkInvariants()
  }

  @Test func removedVectorsAreGoneAndTheirLabelsFree() throws {
    try index.add(labels: [1, 2, 3], vectors: vectors.rows(0..<3))
    #expect(try index.remove(label: 2))
    #expect(try !index.remove(label: 2))
    #expect(index.count == 2)
    #expect(try !index.contains(label: 2))
    #expect(try index.vector(label: 2) == nil)
    #expect(try index.search(vectors[1], k: 5).map(\.label).sorted() == [1, 3])
    #expect(try index.remove(labels: [1, 1, 9, 3]) == 2)
    #expect(try index.search(vectors[1], k: 5).isEmpty)
    try index.add(label: 2, vector: vectors[5])
    #expect(try index.vector(label: 2) == vectors[5])
  }

  @Test func manyLabelsComeAndGo() throws {
    // Open addressing with deletions: every label is looked for after every kind of change.
    var generator = SeededGenerator(3)
    var present: Set<UInt64> = []
    for _ in 0..<300 {
      // Labels that differ in high bits only, and neighbours.
      let label = UInt64(generator.below(40)) << (generator.oneIn(2) ? 0 : 58)
      if generator.oneIn(2) {
        try index.upsert(label: label, vector: vectors[generator.below(40)])
        present.insert(label)
      } else {
        let wasThere = present.remove(label) != nil
        #expect(try index.remove(label: label) == wasThere)
      }
      #expect(index.count == present.count)
    }
    for label in 0..<40 as Range<UInt64> {
      #expect(try index.contains(label: label) == present.contains(label))
      #expect(try index.contains(label: label << 58) == present.contains(label << 58))
    }
    try index.checkInvariants()
  }

  @Test func anEmptyBatchChangesNothing() throws {
    try index.add(labels: [], vectors: [])
    try index.upsert(labels: [], vectors: [])
    #expect(try index.remove(labels: []) == 0)
    #expect(index.changeNumber == 0)
  }

  @Test(arguments: [1, 3]) func progressIsToldUpToTheEnd(threads: Int) throws {
    let many = VectorSet.normal(3_000, dimension: 5, seed: 2)
    var calls: [(done: Int, total: Int)] = []
    try index.add(labels: Array(0..<3_000), vectors: many.values, threads: threads) { calls.append(($0, $1)) }
    #expect(calls.last?.done == 3_000)
    #expect(calls.allSatisfy { $0.total == 3_000 })
    #expect(calls.map(\.done) == calls.map(\.done).sorted())
    #expect(calls.count >= 2)
  }

  @Test func bitsAreKeptAsTheyWereGiven() throws {
    let index = try HNSWIndex(HNSWConfiguration(dimension: 70, metric: .hamming))
    var generator = SeededGenerator(4)
    let bits = (0..<3).map { _ in BitVector((0..<70).map { _ in generator.oneIn(2) }) }
    try index.upsert(labels: [1, 2, 3], bits: bits)
    #expect(try index.bits(label: 2) == bits[1])
    #expect(try index.bits(label: 4) == nil)
    #expect(try index.search(bits[2], k: 1) == [Neighbor(label: 3, distance: 0)])
  }
}
