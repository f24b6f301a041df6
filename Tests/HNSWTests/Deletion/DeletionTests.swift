// SPDX-License-Identifier: Apache-2.0

import HNSW
import Testing

@Suite("Deletion")
struct DeletionTests {
  private static let count = 20_000
  private static let k = 10
  private static let options = SearchOptions(efSearch: 30)

  @Test(arguments: [IndexKind(metric: .cosine, storage: .int8), IndexKind(metric: .l2, storage: .float32)])
  func recallAfterRemovingThreeQuarters(kind: IndexKind) throws {
    let (base, rest) = VectorSet.clustered(Self.count + 100, dimension: 24, clusters: 100, spread: 0.9, seed: 41).split(
      Self.count)
    let index = try HNSWIndex(kind.configuration(dimension: 24, m: 8))
    try index.add(labels: Array(0..<UInt64(Self.count)), vectors: base.values)
    var generator = SeededGenerator(42)
    let shuffled = Array(0..<Self.count).shuffled(using: &generator)
    let (kept, gone) = (shuffled.prefix(Self.count / 4).sorted(), shuffled.dropFirst(Self.count / 4))
    #expect(try index.remove(labels: gone.map { UInt64($0) }) == Self.count * 3 / 4)

    let isKept = Set(kept)
    let measure = RecallMeasure(
      base: base.vectors(kind.metric), queries: rest.vectors(kind.metric), metric: kind.metric, k: Self.k
    ) { isKept.contains($0) }
    func recall(_ index: HNSWIndex) throws -> Double {
      let view = index.view()
      #expect(
        try view.searchExplained(rest[0], k: Self.k, options: Self.options).explanation.strategy != .exact,
        "recall of a scan says nothing")
      return try measure.recall { query in
        let found = try view.search(query, k: Self.k, options: Self.options)
        #expect(found.count == Self.k)
        #expect(found.allSatisfy { isKept.contains(Int($0.label)) })
        return found
      }
    }
    let fresh = try HNSWIndex(kind.configuration(dimension: 24, m: 8))
    try fresh.add(labels: kept.map { UInt64($0) }, vectors: kept.flatMap { base[$0] })

    let (before, whole) = (try recall(index), try recall(fresh))
    #expect(try index.statistics().deadSlots == gone.count)
    try index.compact()
    try index.checkInvariants()
    #expect(try index.statistics().deadSlots == 0)
    let after = try recall(index)
    #expect(before >= 0.95 * whole, "\(before) before compaction, \(whole) fresh")
    #expect(after >= whole - 0.01, "\(after) after compaction, \(whole) fresh")
    #expect(whole >= 0.9)
  }

  /// What was linked into the new graph as it was followed is found as well as what it was built of.
  @Test(arguments: [IndexKind(metric: .cosine, storage: .int8), IndexKind(metric: .l2, storage: .float32)])
  func recallAfterCompactionsBesideUpdates(kind: IndexKind) throws {
    let count = Self.count / 2
    let (base, rest) = VectorSet.clustered(2 * count + 100, dimension: 24, clusters: 100, spread: 0.9, seed: 43)
      .split(2 * count)
    let (old, new) = base.split(count)
    let labels = Array(0..<UInt64(count))
    let index = try HNSWIndex(kind.configuration(dimension: 24, m: 8))
    try index.add(labels: labels, vectors: old.values, threads: 2)
    let compactions = Guarded((isDone: false, count: 0, faults: [String]()))
    Threads.run(2) { thread in
      do {
        if thread == 0 {
          for first in stride(from: 0, to: count, by: 10) {
            try index.upsert(labels: Array(labels[first..<first + 10]), vectors: new.rows(first..<first + 10))
          }
          compactions.use { $0.isDone = true }
        } else {
          while !compactions.use({ $0.isDone }) {
            try index.compact()
            compactions.use { $0.count += 1 }
          }
        }
      } catch { compactions.use { $0.faults.append("\(error)") } }
    }
    #expect(compactions.use { $0.faults }.isEmpty)
    #expect(compactions.use { $0.count } > 0)
    #expect(index.count == count)
    let fresh = try HNSWIndex(kind.configuration(dimension: 24, m: 8))
    try fresh.add(labels: labels, vectors: new.values)

    let measure = RecallMeasure(
      base: new.vectors(kind.metric), queries: rest.vectors(kind.metric), metric: kind.metric, k: Self.k)
    func recall(_ index: HNSWIndex) throws -> Double {
      let view = index.view()
      return try measure.recall { try view.search($0, k: Self.k, options: Self.options) }
    }
    let (after, whole) = (try recall(index), try recall(fresh))
    #expect(after >= whole - 0.01, "\(after) after compactions, \(whole) fresh")
    #expect(whole >= 0.9)
    try index.checkInvariants()
  }

  @Test(arguments: IndexKind.all) func whatIsRemovedIsGoneAtOnce(kind: IndexKind) throws {
    var generator = SeededGenerator(3)
    let index = try HNSWIndex(kind.configuration(dimension: 16, m: 4, efConstruction: 16))
    let vectors = (0..<600).map { _ in TestVector.random(kind, dimension: 16, using: &generator) }
    try index.upsert(labels: Array(0..<600), vectors: vectors)
    for label in 0..<300 as Range<UInt64> {
      let query = vectors[Int(label)]
      try index.remove(label: label)
      let found = try index.view().search(query, k: 3, options: SearchOptions(efSearch: 4))
      #expect(found.count == 3 && found.allSatisfy { $0.label > label })
    }
    #expect(index.count == 300)
  }

  @Test(arguments: IndexKind.all) func everythingIsRemovedAndComesAgain(kind: IndexKind) throws {
    var (generator, model) = (SeededGenerator(3), ReferenceIndex(kind.metric))
    let index = try HNSWIndex(kind.configuration(dimension: 16))
    let labels = Array(0..<UInt64(800))
    for isCompacted in [false, true, false] {
      let vectors = labels.map { _ in TestVector.random(kind, dimension: 16, using: &generator) }
      try index.upsert(labels: labels, vectors: vectors)
      for (label, vector) in zip(labels, vectors) { model.upsert(label, vector) }
      let query = TestVector.random(kind, dimension: 16, using: &generator)
      model.expect(
        try index.view().search(query, k: 50, options: SearchOptions(exact: true)), areNearest: 50, to: query)
      model.expect(try index.view().search(query, k: 5), areValidFor: query)
      #expect(try index.remove(labels: labels) == labels.count)
      #expect(index.count == 0)
      for exact in [false, true] {
        #expect(try index.view().search(query, k: 5, options: SearchOptions(exact: exact)).isEmpty)
      }
      if isCompacted {
        try index.compact()
        #expect(index.view().slotCount == 0)
      }
      try index.checkInvariants()
    }
  }

  @Test(arguments: [HNSWConfiguration.Storage.float32, .int8])
  func vectorsOfNormZeroAreKeptAndNeverReturned(storage: HNSWConfiguration.Storage) throws {
    let index = try HNSWIndex(HNSWConfiguration(dimension: 3, storage: storage))
    // One of them comes first, where the entry of the graph would be.
    try index.add(label: 100, vector: [0, 0, 0])
    #expect(try index.search([1, 0, 0], k: 5).isEmpty)
    let set = VectorSet.normal(700, dimension: 3, seed: 2)
    try index.add(labels: Array(1_000..<1_700), vectors: set.values)
    try index.add(labels: [101, 102], vectors: [0, -0.0, 0, 0, 0, 0])
    func check() throws {
      #expect(index.count == 703)
      #expect(try index.vector(label: 101) == [0, 0, 0])
      for exact in [false, true] {
        let all = try index.search([1, 2, 3], k: 1_000, options: SearchOptions(exact: exact))
        #expect(all.count == 700 && all.allSatisfy { $0.label >= 1_000 })
        let zeros = SearchOptions(allow: try index.view().allowList { $0 < 1_000 }, exact: exact)
        #expect(try index.search([1, 2, 3], k: 5, options: zeros).isEmpty)
        // One with a distance among many without.
        let one = SearchOptions(allow: try index.view().allowList { $0 <= 1_000 }, exact: exact)
        #expect(try index.search([1, 2, 3], k: 5, options: one).map(\.label) == [1_000])
      }
      #expect(try index.search([1, 2, 3], k: 3, options: SearchOptions(efSearch: 4)).count == 3)
      try index.checkInvariants()
    }
    try check()
    try index.compact()
    try check()
    // A direction for one of them, and none for one that had it.
    try index.upsert(labels: [101, 1_000], vectors: [1, 2, 3, 0, 0, 0])
    #expect(try index.search([1, 2, 3], k: 1).map(\.label) == [101])
    #expect(try index.search([1, 2, 3], k: 1_000).count == 700)
  }

  @Test func underOtherMetricsAZeroVectorIsOneLikeAnyOther() throws {
    for kind in IndexKind.floats where kind.metric != .cosine {
      let index = try HNSWIndex(kind.configuration(dimension: 3))
      try index.add(labels: [1, 2], vectors: [0, 0, 0, 1, 1, 1])
      #expect(try index.search([0, 0, 0], k: 2).count == 2)
    }
  }
}
