// SPDX-License-Identifier: Apache-2.0

import Foundation
import HNSW
import LocalBackend
import StoreCrash
import Testing
import VectorStoreCore

/// Readers beside writers: every search is of one moment. To be run under ThreadSanitizer, too:
///
///     scripts/test --tsan
@Suite("Stress", .serialized)
struct StressTests {
  private static let operations =
    ProcessInfo.processInfo.environment["VECTORSTORE_STRESS_OPS"].flatMap { Int($0) } ?? 20_000
  private static let count = 60

  /// Makes and opens a store for ``GenerationRole``.
  private func open(_ url: String) async throws -> LocalBackend {
    try await CrashChild.open(url)
  }

  @Test(arguments: ["memory:", "file"])
  func everySearchIsOfOneMoment(_ home: String) async throws {
    let folder = try TemporaryFolder()
    let store = try await open(home == "file" ? folder.file("store.db") : home)
    let count = Self.count
    _ = try await store.write(GenerationRole.batch(0, count: count), progress: nil)
    let writes = Self.operations / 200
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for generation in 1...writes {
          _ = try await store.write(GenerationRole.batch(generation, count: count), progress: nil)
          if generation % 20 == 0 { _ = try await store.compact(progress: nil) }
          if generation % 33 == 0 { try await store.rebuildIndex(concurrently: false, progress: nil) }
        }
      }
      for reader in 0..<3 {
        group.addTask {
          var last: Int64 = 0
          for number in 0..<Self.operations / 20 {
            let seen = try await GenerationRole.look(store, count: count, kind: number + reader)
            #expect(seen.hits == count)
            #expect(seen.generations.count == 1, "\(seen.generations)")
            // Never back in time.
            #expect((seen.generations.min() ?? -1) >= last)
            last = max(last, seen.generations.min() ?? 0)
          }
        }
      }
      try await group.waitForAll()
    }
    let report = try await store.verify(progress: nil)
    #expect(report.isClean, "\(report.checks.filter { $0.problem != nil })")
    try await store.close()
  }

  /// The store compacts its index by itself, again and again, beside writes and searches of every kind.
  @Test(arguments: ["memory:", "file"])
  func everySearchIsOfOneMomentWhileTheIndexIsCompacted(_ home: String) async throws {
    let folder = try TemporaryFolder()
    let store = try await open(home == "file" ? folder.file("store.db") : home)
    let count = 400
    _ = try await store.write(GenerationRole.batch(0, count: count), progress: nil)
    let writes = max(12, Self.operations / 1_000)
    try await withThrowingTaskGroup(of: Bool.self) { group in
      group.addTask {
        for generation in 1...writes {
          _ = try await store.write(GenerationRole.batch(generation, count: count), progress: nil)
        }
        return true
      }
      for reader in 0..<3 {
        group.addTask {
          var last: Int64 = 0
          for number in 0... {
            let seen = try await GenerationRole.look(store, count: count, kind: number + reader)
            #expect(seen.hits == count)
            #expect(seen.generations.count == 1, "\(seen.generations)")
            #expect((seen.generations.min() ?? -1) >= last)
            last = max(last, seen.generations.min() ?? 0)
            if Task.isCancelled { return false }
          }
          return false
        }
      }
      // The readers go on until the writer is done.
      while let isWriter = try await group.next() {
        if isWriter { break }
      }
      group.cancelAll()
      do { try await group.waitForAll() } catch is CancellationError {}
    }
    // On a busy machine they may not have let it come to an end.
    for _ in 0..<3_000 where try await store.indexStatus().details["last compaction"] == nil {
      try await Task.sleep(for: .milliseconds(10))
    }
    #expect(try await store.indexStatus().details["last compaction"] != nil)
    let report = try await store.verify(progress: nil)
    #expect(report.isClean, "\(report.checks.filter { $0.problem != nil })")
    try await store.close()
  }

  /// Several writers, handles that come and go, and an acknowledged write that the same task sees at once.
  @Test func writersSeeTheirOwnWrites() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("store.db")
    try await open(path).close()
    let rounds = max(5, Self.operations / 1_000)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<4 {
        group.addTask {
          let script = CrashScript(seed: 7, writer: writer)
          var model = StoreModel(metric: .l2)
          for number in 0..<rounds {
            let store = try await CrashChild.open(path)
            switch script.step(number) {
            case .write(let batch):
              _ = try await store.write(batch, progress: nil)
              model.apply(batch)
            case .compact: _ = try await store.compact(progress: nil)
            case .rebuildIndex: try await store.rebuildIndex(concurrently: false, progress: nil)
            }
            let filter = Field("$id").like(script.prefix + "%")
            let page = try await store.scroll(filter: filter, after: nil, limit: 10_000, includingVectors: true)
            #expect(page.records.count == model.records.count)
            for record in page.records { #expect(model.records[record.id] == record) }
            let query = [Float](repeating: 0, count: CrashScript.dimension)
            let found = try await store.candidates(
              CandidateRequest(nearest: .init(vector: query, count: 5, isExact: true), filter: filter))
            #expect(found.nearest.map { Float($0.value) } == (try model.nearestDistances(query, k: 5, filter: nil)))
            try await store.close()
          }
        }
      }
      try await group.waitForAll()
    }
    let store = try await open(path)
    let report = try await store.verify(progress: nil)
    #expect(report.isClean, "\(report.checks.filter { $0.problem != nil })")
    try await store.close()
  }

  /// A search that takes long does not keep a compaction waiting, nor does it see anything of it.
  @Test func longReadersDuringCompaction() async throws {
    var sample = try SampleStore()
    let store = try await sample.open()
    try await sample.write(3_000, to: store)
    var batch = WriteBatch()
    batch.deletedIDs = (0..<1_000).map { "id-\($0)" }
    _ = try await store.write(batch, progress: nil)
    sample.apply(batch)
    let expected = sample.model.records.count
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask {
          for _ in 0..<10 {
            let page = try await store.scroll(filter: nil, after: nil, limit: 10_000, includingVectors: true)
            #expect(page.records.count == expected)
          }
        }
      }
      for _ in 0..<3 { _ = try await store.compact(progress: nil) }
      try await group.waitForAll()
    }
    try await sample.expectRight(store)
    try await sample.expectSound(store)
    try await store.close()
  }
}
