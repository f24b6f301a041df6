// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import LocalBackend
import StoreCrash
import Testing
import VectorStoreCore

/// What waits for whom.
@Suite struct LockTests {
  /// Holds the lock file as another process would.
  private func lock(_ sample: SampleStore) -> Int32 {
    let descriptor = Foundation.open(sample.path + "-lock", O_RDWR | O_CREAT, 0o644)
    #expect(flock(descriptor, LOCK_EX) == 0)
    return descriptor
  }

  @Test func readsDoNotWaitForWritesThatWait() async throws {
    var sample = try SampleStore()
    let store = try await sample.open()
    try await sample.write(100, to: store)
    let descriptor = lock(sample)
    let batch = sample.batch(5, from: 100)
    let write = Task { try await store.write(batch, progress: nil) }
    try await Task.sleep(for: .milliseconds(50))
    // As if another process had changed the collection: the read has to catch up.
    let database = try DatabaseQueue(path: sample.path)
    try await database.writeWithoutTransaction { try $0.execute(sql: "UPDATE collections SET revision = revision + 1") }
    try await sample.expectRight(store)
    close(descriptor)
    _ = try await write.value
    try database.close()
    sample.apply(batch)
    try await sample.expectRight(store)
    try await store.close()
  }

  @Test func waitingForTheLockCanBeCancelled() async throws {
    var sample = try SampleStore()
    let store = try await sample.open()
    try await sample.write(10, to: store)
    let descriptor = lock(sample)
    let batch = sample.batch(5, from: 10)
    let write = Task { try await store.write(batch, progress: nil) }
    try await Task.sleep(for: .milliseconds(50))
    write.cancel()
    await #expect(throws: CancellationError.self) { _ = try await write.value }
    close(descriptor)
    try await sample.write(5, from: 10, to: store)
    try await sample.expectRight(store)
    try await store.close()
  }

  /// The long scan of a cancelled search ends where it is.
  @Test func longReadsCanBeCancelled() async throws {
    var sample = try SampleStore()
    let store = try await sample.open()
    try await sample.write(20_000, to: store)
    var cancelled = 0
    for number in 0..<1_000 where cancelled == 0 {
      let filter = Field("$content").like("%\(number)_%x%")
      let read = Task { try await store.count(filter: .and([filter, filter, .not(filter)])) }
      try await Task.sleep(for: .milliseconds(1))
      read.cancel()
      do { #expect(try await read.value == 0) } catch is CancellationError { cancelled += 1 }
    }
    #expect(cancelled > 0)
    try await sample.expectRight(store)
    try await store.close()
  }

  @Test func writesOutliveAPowerFailureUnlessSaidOtherwise() async throws {
    var sample = try SampleStore()
    var options = sample.options
    options.survivesPowerFailure = false
    let weak = try await sample.open(options)
    try await sample.write(5, to: weak)
    #expect(try await weak.synchronousLevel() == 1)
    // Who wants more gets it, for all who share the store.
    let strong = try await sample.open()
    #expect(try await strong.synchronousLevel() == 2)
    #expect(try await weak.synchronousLevel() == 2)
    try await weak.close()
    try await strong.close()
    let again = try await sample.open()
    #expect(try await again.synchronousLevel() == 2)
    try await again.close()
  }

  @Test func aBackupIsOfOneMoment() async throws {
    let folder = try TemporaryFolder()
    let store = try await CrashChild.open(folder.file("store.db"))
    _ = try await store.write(GenerationRole.batch(0, count: 50), progress: nil)
    let writer = Task {
      var generation = 1
      while !Task.isCancelled {
        _ = try? await store.write(GenerationRole.batch(generation, count: 50), progress: nil)
        generation += 1
      }
    }
    for number in 0..<5 {
      let path = folder.file("backup-\(number).db")
      try await store.backup(to: path, progress: nil)
      let copy = try await LocalBackend.open(StoreURL(path), options: OpenOptions(access: .readOnly))
      for kind in 0..<4 {
        let seen = try await GenerationRole.look(copy, count: 50, kind: kind)
        #expect(seen.hits == 50 && seen.generations.count == 1)
      }
      let report = try await copy.verify(progress: nil)
      #expect(report.isClean, "\(report.checks.filter { $0.problem != nil })")
      try await copy.close()
    }
    writer.cancel()
    await writer.value
    let taken = folder.file("backup-0.db")
    #expect(await errorCode { try await store.backup(to: taken, progress: nil) } == .invalidArgument)
    let nowhere = folder.file("not there/backup.db")
    #expect(await errorCode { try await store.backup(to: nowhere, progress: nil) } == .notFound)
    try await store.close()
  }
}
