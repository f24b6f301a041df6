// SPDX-License-Identifier: Apache-2.0

import Foundation
import LocalBackend
import Testing
import VectorStoreCore

/// What lies beside the database: SQLite's log, and the lock.
@Suite struct LogFileTests {
  /// A store as a killed process leaves it: what was committed last stands in the log only.
  private func abandoned(_ sample: inout SampleStore, batches: Int) async throws -> (path: String, counts: [Int]) {
    try await sample.fill(100)
    let store = try await sample.open()
    var counts = [sample.model.records.count]
    for number in 0..<batches {
      try await sample.write(10, from: 100 + number * 10, to: store)
      counts.append(sample.model.records.count)
    }
    // A copy of the files while they are in use and at rest.
    let copy = sample.folder.file("copy.db")
    for suffix in ["", "-wal", "-index-1"] {
      try FileManager.default.copyItem(atPath: sample.path + suffix, toPath: copy + suffix)
    }
    try await store.close()
    return (copy, counts)
  }

  @Test func tornLog() async throws {
    var sample = try SampleStore()
    let (copy, counts) = try await abandoned(&sample, batches: 8)
    let log = try Data(contentsOf: URL(fileURLWithPath: copy + "-wal"))
    for cut in 0..<12 {
      let path = sample.folder.file("cut-\(cut).db")
      for suffix in ["", "-index-1"] { try FileManager.default.copyItem(atPath: copy + suffix, toPath: path + suffix) }
      var torn = log.prefix(log.count * cut / 12)
      if cut % 2 == 1, let last = torn.indices.last { torn[last - 100] ^= 1 }
      try torn.write(to: URL(fileURLWithPath: path + "-wal"))
      let store = try await LocalBackend.open(StoreURL(path), options: sample.existing)
      // Some whole batches, none in part.
      #expect(counts.contains(try await store.count(filter: nil)), "\(cut)")
      try await sample.expectSound(store, "\(cut)")
      try await store.close()
    }
  }

  @Test func missingLog() async throws {
    var sample = try SampleStore()
    let (copy, counts) = try await abandoned(&sample, batches: 3)
    try FileManager.default.removeItem(atPath: copy + "-wal")
    let store = try await LocalBackend.open(StoreURL(copy), options: sample.existing)
    #expect(counts.contains(try await store.count(filter: nil)))
    try await sample.expectSound(store)
    try await store.close()
  }

  @Test func deletedLock() async throws {
    var sample = try SampleStore()
    try await sample.fill(10)
    let store = try await sample.open()
    try await sample.write(10, from: 10, to: store)
    try FileManager.default.removeItem(atPath: sample.path + "-lock")
    try await sample.write(10, from: 20, to: store)
    try await sample.expectRight(store)
    try await sample.expectSound(store)
    try await store.close()
    try? FileManager.default.removeItem(atPath: sample.path + "-lock")
    let again = try await sample.open()
    try await sample.expectRight(again)
    try await again.close()
  }
}
