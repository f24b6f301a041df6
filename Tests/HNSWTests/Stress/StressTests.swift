// SPDX-License-Identifier: Apache-2.0

import Foundation
import HNSW
import Synchronization
import Testing

/// Searches on several threads beside one writer. To be run under ThreadSanitizer, too:
///
///     VECTORSTORE_STRESS_OPS=200000 swift test --sanitize=thread --filter StressTests
@Suite("Stress", .serialized)
struct StressTests {
  static let operations =
    ProcessInfo.processInfo.environment["VECTORSTORE_STRESS_OPS"].flatMap { Int($0) } ?? 20_000
  private static let readers = 3

  /// What went wrong on other threads, where a test cannot say it.
  private let faults = Guarded<[String]>([])

  private func note(_ fault: String?) {
    if let fault { faults.use { if $0.count < 20 { $0.append(fault) } } }
  }

  private func expectNoFaults() {
    let found = faults.use { $0 }
    #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
  }

  @Test(arguments: [HNSWConfiguration.Storage.int8, .float32])
  func everySearchSeesOneMoment(storage: HNSWConfiguration.Storage) throws {
    let directory = try TemporaryDirectory()
    // A tenth of the operations are changes, the others searches.
    let total = Self.operations / 2
    let script = StressScript(changes: total / 10, labelCount: 1_200, seed: storage == .int8 ? 1 : 2)
    let index = try HNSWIndex(
      HNSWConfiguration(dimension: StressScript.dimension, metric: .l2, storage: storage, m: 3, efConstruction: 16))
    let completed = Atomic<UInt64>(0)
    let isDone = Atomic(false)
    let searches = Atomic(0)
    let walks = Atomic(0)

    Threads.run(Self.readers + 1) { thread in
      if thread == 0 {
        do { try write(script, to: index, completed, directory.file("index")) } catch { note("writer: \(error)") }
        isDone.store(true, ordering: .releasing)
        return
      }
      var reader = StressReader(index: index, script: script, seed: UInt64(thread))
      // As many as asked for, and on until the writer is done.
      let share = (total - total / 10) / Self.readers
      while reader.searches < share || !isDone.load(ordering: .acquiring) {
        do { note(try reader.search(after: completed.load(ordering: .acquiring))) } catch { note("reader: \(error)") }
        if faults.use({ $0.count }) >= 20 { return }
      }
      searches.add(reader.searches, ordering: .relaxed)
      walks.add(reader.walks, ordering: .relaxed)
    }
    expectNoFaults()
    #expect(completed.load(ordering: .acquiring) == UInt64(script.counts.count - 1))
    #expect(searches.load(ordering: .acquiring) + script.counts.count >= total * 99 / 100)
    #expect(walks.load(ordering: .acquiring) * 10 > searches.load(ordering: .acquiring), "few searches walked")
    try index.checkInvariants()
    let last = UInt64(script.counts.count - 1)
    for label in 0..<UInt64(script.labelCount) {
      #expect(try index.vector(label: label) == script.vector(label, at: last))
    }
  }

  /// Compactions one after the other on a thread of their own, beside changes and searches.
  @Test(arguments: [HNSWConfiguration.Storage.int8, .float32])
  func compactionsBesideWrites(storage: HNSWConfiguration.Storage) throws {
    let directory = try TemporaryDirectory()
    let total = Self.operations / 2
    let script = StressScript(changes: total / 10, labelCount: 1_200, seed: storage == .int8 ? 3 : 4)
    let index = try HNSWIndex(
      HNSWConfiguration(dimension: StressScript.dimension, metric: .l2, storage: storage, m: 3, efConstruction: 16))
    let completed = Atomic<UInt64>(0)
    let isDone = Atomic(false)
    // Compactions in whose time changes were made.
    let overtaken = Atomic(0)

    Threads.run(Self.readers + 2) { thread in
      switch thread {
      case 0:
        do {
          try write(script, to: index, completed, directory.file("index"), compacting: false)
        } catch { note("writer: \(error)") }
        isDone.store(true, ordering: .releasing)
      case 1:
        var threads = 1
        while !isDone.load(ordering: .acquiring) {
          do {
            let before = index.changeNumber
            try index.compact(threads: threads)
            if index.changeNumber > before { overtaken.add(1, ordering: .relaxed) }
            threads = 3 - threads
          } catch { note("compaction: \(error)") }
        }
      default:
        var reader = StressReader(index: index, script: script, seed: UInt64(thread))
        while !isDone.load(ordering: .acquiring) {
          do { note(try reader.search(after: completed.load(ordering: .acquiring))) } catch { note("reader: \(error)") }
          if faults.use({ $0.count }) >= 20 { return }
        }
      }
    }
    expectNoFaults()
    #expect(overtaken.load(ordering: .acquiring) > 3)
    try index.checkInvariants()
    let last = UInt64(script.counts.count - 1)
    #expect(index.changeNumber == last)
    for label in 0..<UInt64(script.labelCount) {
      #expect(try index.vector(label: label) == script.vector(label, at: last))
    }
    try index.compact()
    #expect(index.view().slotCount == script.counts.last)
    try index.checkInvariants()
  }

  /// - Parameter compacting: whether the script's compactions are made.
  private func write(
    _ script: StressScript, to index: HNSWIndex, _ completed: borrowing Atomic<UInt64>, _ path: String,
    compacting: Bool = true
  ) throws {
    var change: UInt64 = 0
    for step in script.steps {
      switch step {
      case .upsert(let labels):
        let vectors = labels.flatMap { StressScript.vector($0, change: change + 1) }
        try index.upsert(labels: labels, vectors: vectors, threads: labels.count > 20 ? 2 : 1)
        change += 1
      case .remove(let labels):
        try index.remove(labels: labels)
        change += 1
      case .compact(let threads):
        if compacting { try index.compact(threads: threads) }
      case .save:
        try index.save(to: path)
        let saved = try HNSWIndex.open(path: path)
        try saved.verify()
        if saved.changeNumber != change || saved.count != script.counts[Int(change)] { note("saved another moment") }
      }
      if index.changeNumber != change { note("change \(index.changeNumber) in place of \(change)") }
      completed.store(change, ordering: .releasing)
    }
  }

  /// A batch appears at once, however many threads link it, and disappears at once.
  @Test func aBatchAppearsAtOnce() throws {
    let (batch, rounds) = (400, max(3, Self.operations / 2_000))
    let index = try HNSWIndex(HNSWConfiguration(dimension: 8, metric: .l2, m: 4, efConstruction: 16))
    let isDone = Atomic(false)
    let reads = Atomic(0)
    Threads.run(Self.readers) { thread in
      if thread == 0 {
        for round in 0..<rounds {
          let labels = (0..<UInt64(batch)).map { UInt64(round * batch) + $0 }
          let vectors = labels.flatMap { StressScript.vector($0, change: 1) }
          do {
            try index.add(labels: labels, vectors: vectors, threads: 2)
            if round % 3 == 2 { try index.remove(labels: (0..<UInt64((round + 1) * batch)).map { $0 }) }
            if round % 9 == 8 { try index.compact(threads: 2) }
          } catch { note("writer: \(error)") }
        }
        isDone.store(true, ordering: .releasing)
        return
      }
      var generator = SeededGenerator(UInt64(thread))
      while !isDone.load(ordering: .acquiring) {
        do {
          let view = index.view()
          let query = StressScript.vector(generator.next() >> 32, change: 3)
          let found = try view.search(query, k: .max, options: SearchOptions(exact: true))
          if found.count != view.count || found.count % batch != 0 { note("\(found.count) of \(view.count) are there") }
          // Whole batches: as many of one as of another.
          let whole = Dictionary(grouping: found) { $0.label / UInt64(batch) }.allSatisfy { $0.value.count == batch }
          if !whole { note("a part of a batch is there") }
          let near = try view.search(query, k: 3, options: SearchOptions(efSearch: 8))
          if near.count != min(3, view.count) { note("\(near.count) results of \(view.count)") }
          reads.add(1, ordering: .relaxed)
        } catch { note("reader: \(error)") }
      }
    }
    expectNoFaults()
    #expect(reads.load(ordering: .acquiring) > rounds)
    try index.checkInvariants()
  }

  /// The first searches of an opened file check its blocks while a writer changes some of them.
  @Test(arguments: HNSWIndex.Loading.allCases)
  func anOpenedFileIsSearchedAndWrittenToAtOnce(loading: HNSWIndex.Loading) throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("index")
    let sample = try SampleIndex(IndexKind(metric: .l2, storage: .int8), count: 3_000, dimension: 24)
    try sample.index.save(to: path)
    let answers = SampleIndex.answers(sample.index, sample.queries, single: 9)
    for _ in 0..<max(20, Self.operations / 400) {
      let opened = try HNSWIndex.open(path: path, loading: loading)
      let view = opened.view()
      Threads.run(4) { thread in
        do {
          switch thread {
          case 0:
            for label in 0..<4 as Range<UInt64> {
              try opened.upsert(label: 1_000_000 + label, vector: sample.queries[0].floats)
            }
            try opened.remove(label: 9)
          case 1:
            opened.releaseRows()
            try opened.verify()
          default:
            for (query, options) in [
              (sample.queries[0], SearchOptions(efSearch: 4)), (sample.queries[1], SearchOptions(exact: true)),
            ] {
              let found = try view.search(query, k: 2, options: options)
              if found.count != 2 || found.contains(where: { $0.label >= 1_000_000 }) { note("\(found)") }
            }
          }
        } catch { note("thread \(thread): \(error)") }
      }
      #expect(
        try opened.search(sample.queries[0].floats, k: 1, options: SearchOptions(exact: true)).first?.distance == 0)
      #expect(opened.count == sample.index.count + 3)
    }
    expectNoFaults()
    #expect(SampleIndex.answers(try HNSWIndex.open(path: path), sample.queries, single: 9) == answers)
  }
}
