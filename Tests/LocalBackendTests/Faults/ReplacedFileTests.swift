// SPDX-License-Identifier: Apache-2.0

import Foundation
import LocalBackend
import Testing
import VectorStoreCore

/// A path that is not the same file for as long as it is open; and what several who open one path share.
@Suite struct ReplacedFileTests {
  private func removeStore(_ sample: SampleStore) throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: sample.folder.path) {
      try FileManager.default.removeItem(atPath: sample.folder.file(name))
    }
  }

  @Test func removedAndMadeAnewWhileOpen() async throws {
    var sample = try SampleStore()
    let old = try await sample.open()
    try await sample.write(30, to: old)
    try removeStore(sample)
    // What would be written is lost, so it is refused.
    let batch = sample.batch(1, from: 500)
    #expect(await errorCode { _ = try await old.write(batch, progress: nil) } == .unavailable)
    #expect(!FileManager.default.fileExists(atPath: sample.path))

    var fresh = sample
    fresh.forget()
    let new = try await fresh.open()
    #expect(try await new.count(filter: nil) == 0)
    // As many changes as the old one has.
    try await fresh.write(7, to: new)
    try await fresh.expectRight(new)
    #expect(await errorCode { _ = try await old.write(batch, progress: nil) } == .unavailable)
    try await old.close()
    try await fresh.write(7, from: 7, to: new)
    try await fresh.expectRight(new)
    try await fresh.expectSound(new)
    try await new.close()
  }

  @Test func removedWhileClosed() async throws {
    var sample = try SampleStore()
    let old = try await sample.open()
    try await sample.write(30, to: old)
    try await old.close()
    try removeStore(sample)
    #expect(await errorCode { _ = try await sample.open(sample.existing) } == .notFound)
    sample.forget()
    // The old one is still referred to.
    #expect(await errorCode { _ = try await old.count(filter: nil) } == .unavailable)
    let new = try await sample.open()
    try await sample.write(5, to: new)
    try await sample.expectRight(new)
    try await new.close()
    _ = old
  }

  @Test func closingOneLeavesTheOthers() async throws {
    var sample = try SampleStore()
    let first = try await sample.open()
    let second = try await sample.open()
    var other = sample.options
    other.table = "other"
    let third = try await sample.open(other)
    try await sample.write(20, to: first)
    _ = try await third.write(sample.batch(3), progress: nil)
    try await first.close()
    try await sample.expectRight(second)
    try await sample.write(20, from: 20, to: second)
    try await second.close()
    #expect(await errorCode { _ = try await second.count(filter: nil) } == .unavailable)
    #expect(try await third.count(filter: nil) == 3)
    let again = try await sample.open()
    try await sample.expectRight(again)
    try await third.close()
    try await sample.expectRight(again)
    try await sample.write(20, from: 40, to: again)
    try await sample.expectRight(again)
    try await sample.expectSound(again)
    try await again.close()
    // Closed for good: the log has gone into the database.
    #expect(!FileManager.default.fileExists(atPath: sample.path + "-wal"))
  }

  @Test func closingTwiceAndAtOnce() async throws {
    let sample = try SampleStore()
    let store = try await sample.open()
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<20 {
        group.addTask { try? await store.close() }
        group.addTask { _ = try? await store.count(filter: Field("group") == Int64(number)) }
        group.addTask { if let other = try? await sample.open() { try? await other.close() } }
      }
    }
    try await store.close()
    let again = try await sample.open(sample.existing)
    #expect(try await again.count(filter: nil) == 0)
    try await sample.expectSound(again)
    try await again.close()
  }

  /// In a process of its own, whose temporary folder nobody else uses.
  @Test func memoryLeavesNothing() async throws {
    let folder = try TemporaryFolder()
    let lines = try await blocking {
      let child = try CrashProcess(["memory", folder.path])
      defer { child.wait() }
      return try child.rest()
    }
    #expect(lines == ["used 1", "closed 0", "used 1", "left 0"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }
}
