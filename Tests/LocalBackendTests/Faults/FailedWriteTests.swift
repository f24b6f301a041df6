// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import LocalBackend
import Testing
import VectorStoreCore

/// Writes that fail or are called off: nothing of them is there, in the rows or in the index.
@Suite struct FailedWriteTests {
  @Test func cancelledWritesRollBack() async throws {
    var sample = try SampleStore()
    let store = try await sample.open()
    try await sample.write(300, to: store)
    var cancelled = 0
    for number in 0..<40 {
      let batch = sample.batch(300, from: number % 2 == 0 ? 0 : 1_000)
      let task = Task { try await store.write(batch, progress: nil) }
      try await Task.sleep(for: .microseconds(number * 700))
      task.cancel()
      do {
        _ = try await task.value
        sample.apply(batch)
      } catch is CancellationError { cancelled += 1 }
      try await sample.expectRight(store, "\(number)")
    }
    #expect(cancelled > 0)
    try await sample.expectSound(store)
    try await store.close()
    let again = try await sample.open()
    try await sample.expectRight(again)
    try await sample.expectSound(again)
    try await again.close()
  }

  /// Cancelled from within, after rows were written and vectors linked, so that every step is met.
  @Test func cancelledAtEveryStep() async throws {
    var sample = try SampleStore()
    let store = try await sample.open()
    try await sample.write(300, to: store)
    var cancelled = 0
    for phase in [StoreProgress.Phase.writing, .indexing] {
      for step in 0..<3 {
        let batch = sample.batch(600, from: 100 + (step + 1) * 1_000)
        let calls = Calls()
        let task = Task {
          try await store.write(batch) { progress in
            if progress.phase == phase, calls.next() == step { calls.cancel() }
          }
        }
        calls.task = task
        do {
          // Fewer calls than steps: nothing was cancelled.
          _ = try await task.value
          sample.apply(batch)
        } catch is CancellationError { cancelled += 1 }
        try await sample.expectRight(store, "\(phase) \(step)")
        // What is refused comes to the moment after a failed write, and leaves it as it is.
        let wrong = Record(id: "x", content: "", vector: [1])
        var refused = WriteBatch()
        refused.upserts = [wrong]
        #expect(await errorCode { _ = try await store.write(refused, progress: nil) } == .dimensionMismatch)
        for group in 0..<5 {
          let filter = Field("group") == Int64(group)
          #expect(try await store.count(filter: filter) == sample.model.matching(filter).count)
          let found = try await store.candidates(
            CandidateRequest(nearest: .init(vector: [Float](repeating: 0, count: 8), count: 1_000), filter: filter))
          #expect(found.nearest.count == sample.model.matching(filter).count)
        }
      }
    }
    #expect(cancelled >= 4)
    try await sample.write(50, from: 100, to: store)
    try await sample.expectRight(store)
    try await sample.expectSound(store)
    _ = try await store.compact(progress: nil)
    try await store.close()
    // Its number counted failed writes, and the file is good all the same.
    let again = try await sample.open()
    _ = try await again.candidates(CandidateRequest(nearest: .init(vector: [Float](repeating: 0, count: 8), count: 1)))
    #expect(try await again.indexStatus().state == .ready)
    try await sample.expectRight(again)
    try await again.close()
  }

  /// Sendable because the task is set before anything is counted that matters.
  private final class Calls: @unchecked Sendable {
    private let lock = NSLock()
    private var count = 0
    private var cancelWanted = false
    private var running: Task<WriteResult, any Error>?

    var task: Task<WriteResult, any Error>? {
      get { lock.withLock { running } }
      set {
        lock.withLock {
          running = newValue
          if cancelWanted { newValue?.cancel() }
        }
      }
    }

    func next() -> Int {
      lock.withLock {
        defer { count += 1 }
        return count
      }
    }

    func cancel() {
      lock.withLock {
        cancelWanted = true
        running?.cancel()
      }
    }
  }

  /// SQLite refuses in the middle of a batch, as it does on a full disk.
  @Test func refusedByTheDatabase() async throws {
    var sample = try SampleStore()
    try await sample.fill(50)
    let database = try DatabaseQueue(path: sample.path)
    try await database.write { db in
      try db.execute(
        sql: """
          CREATE TRIGGER refuse BEFORE INSERT ON documents_1 WHEN NEW.id = 'id-77'
          BEGIN SELECT RAISE(ABORT, 'refused by the test'); END
          """)
    }
    try database.close()
    let store = try await sample.open()
    try await sample.expectRight(store)
    for _ in 0..<3 {
      let batch = sample.batch(40, from: 40)
      #expect(await errorCode { _ = try await store.write(batch, progress: nil) } != nil)
      try await sample.expectRight(store)
    }
    try await sample.write(20, from: 40, to: store)
    try await sample.expectRight(store)
    try await sample.expectSound(store)
    try await store.close()
  }
}
