// SPDX-License-Identifier: Apache-2.0

import Foundation
import LocalBackend
import Testing
import VectorStoreCore

/// The index gives back the slots of replaced and deleted vectors without being asked.
@Suite("Automatic compaction", .serialized)
struct AutomaticCompactionTests {
  private static let count = 600
  private static let updates = 40

  private func deadSlots(_ store: LocalBackend) async throws -> Int {
    Int(try await store.indexStatus().details["dead slots"] ?? "") ?? -1
  }

  private func isCompacting(_ store: LocalBackend) async throws -> Bool {
    try await store.indexStatus().details["compaction"] != nil
  }

  private func waitForCompaction(_ store: LocalBackend) async throws {
    for _ in 0..<3_000 where try await isCompacting(store) { try await Task.sleep(for: .milliseconds(10)) }
  }

  /// Writes all documents anew, some hundred at a time, with deletions in between.
  private func update(_ sample: inout SampleStore, _ store: LocalBackend) async throws {
    for round in 0..<Self.updates {
      let first = round % 3 * 200
      try await sample.write(200, from: first, to: store)
      if round % 8 == 5 {
        var batch = WriteBatch()
        batch.deletedIDs = (first..<first + 50).map { "id-\($0)" }
        _ = try await store.write(batch, progress: nil)
        sample.apply(batch)
      }
      if round % 10 == 9 { try await sample.expectRight(store, "\(round)") }
    }
  }

  @Test(arguments: ["memory:", "file"]) func slotsAreBounded(_ home: String) async throws {
    var sample = try SampleStore()
    let store =
      home == "file"
      ? try await sample.open() : try await LocalBackend.open(StoreURL("memory:"), options: sample.options)
    try await sample.write(Self.count, to: store)
    try await update(&sample, store)
    // Some 7,000 have died. What dies during a compaction is left to the next, which follows at once.
    for _ in 0..<3_000 where try await deadSlots(store) >= 1_000 { try await Task.sleep(for: .milliseconds(10)) }
    #expect(try await deadSlots(store) < 1_000)
    let status = try await store.indexStatus()
    #expect(status.details["last compaction"] != nil)
    #expect(status.count == sample.model.records.count)
    try await sample.expectRight(store)
    try await sample.expectSound(store)
    try await store.close()
    guard home == "file" else { return }
    let again = try await sample.open()
    try await sample.expectRight(again)
    try await sample.expectSound(again)
    #expect(try await deadSlots(again) < 1_000)
    try await again.close()
  }

  @Test func switchedOff() async throws {
    var sample = try SampleStore()
    var options = sample.options
    options.compactionThreshold = nil
    let store = try await sample.open(options)
    try await sample.write(Self.count, to: store)
    var dead = 0
    for _ in 0..<5 {
      try await sample.write(Self.count, to: store)
      dead += Self.count
    }
    #expect(try await deadSlots(store) == dead)
    #expect(try await store.indexStatus().details["last compaction"] == nil)
    try await sample.expectRight(store)
    try await store.close()
    // Not at the end either.
    let again = try await sample.open(options)
    try await sample.expectRight(again)
    #expect(try await deadSlots(again) == dead)
    try await again.close()
  }

  @Test func thresholdsOutOfRange() async throws {
    let sample = try SampleStore()
    for threshold in [0, 0.04, 1, .nan, -1] {
      var options = sample.options
      options.compactionThreshold = threshold
      #expect(await errorCode { _ = try await sample.open(options) } == .invalidArgument)
    }
  }

  /// A store that is closed does not wait for a compaction, and loses nothing by it.
  @Test func closedDuringACompaction() async throws {
    var sample = try SampleStore(dimension: 64)
    for round in 0..<3 {
      let store = try await sample.open()
      try await sample.write(6_000, to: store)
      if round > 0 { #expect(try await isCompacting(store)) }
      try await store.close()
    }
    let store = try await sample.open()
    try await sample.expectRight(store)
    try await sample.expectSound(store)
    try await store.close()
  }

  /// A compaction that is asked for, or another index, comes between.
  @Test func overtaken() async throws {
    var sample = try SampleStore(dimension: 64)
    let store = try await sample.open()
    try await sample.write(3_000, to: store)
    for round in 0..<6 {
      try await sample.write(2_000, from: round % 2 * 1_000, to: store)
      switch round % 3 {
      case 0: _ = try await store.compact(progress: nil)
      case 1: try await store.rebuildIndex(concurrently: false, progress: nil)
      default: try await store.dropIndex()
      }
      #expect(try await isCompacting(store) == false)
      try await sample.expectRight(store, "\(round)")
      if round % 3 == 2 { try await store.createIndex(IndexSpecification(.hnsw), progress: nil) }
      #expect(try await deadSlots(store) == 0)
    }
    try await sample.expectSound(store)
    try await store.close()
  }

  /// Processes that each write a little and end: their index file does not grow for ever.
  @Test func shortSessions() async throws {
    var sample = try SampleStore()
    try await sample.fill(1_500)
    for session in 0..<9 {
      let store = try await sample.open()
      try await sample.write(600, from: session % 3 * 400, to: store)
      try await sample.expectRight(store, "\(session)")
      try await store.close()
      let reader = try await LocalBackend.open(StoreURL(sample.path), options: OpenOptions(access: .readOnly))
      try await sample.expectRight(reader, "\(session)")
      // More dead than alive are not left behind.
      #expect(try await deadSlots(reader) <= 1_500)
      try await reader.close()
    }
    let store = try await sample.open()
    try await sample.expectSound(store)
    try await store.close()
  }

  /// A compaction reads all of the file. Damage that no search has come upon yet ends it, and the index is built anew.
  @Test func damageInTheFile() async throws {
    var sample = try SampleStore(dimension: 64)
    try await sample.fill(3_000)
    let vector = try #require(sample.model.records["id-1500"]?.vector)
    let pattern = vector.withUnsafeBytes { Data($0) }
    try FileManager.default.change(sample.indexPath) { bytes in
      if let found = Data(bytes).firstRange(of: pattern) { bytes[found.lowerBound + 100] ^= 1 }
    }
    let store = try await sample.open()
    // Deaths without searches that would come upon the row.
    var batch = sample.batch(2_000, from: 0)
    batch.deletedIDs = ["id-2999"]
    _ = try await store.write(batch, progress: nil)
    sample.apply(batch)
    try await waitForCompaction(store)
    try await sample.waitForIndex(store)
    #expect(try await store.indexStatus().state == .ready)
    #expect(try await deadSlots(store) == 0)
    try await sample.expectRight(store)
    try await sample.expectSound(store)
    try await store.close()
  }
}
