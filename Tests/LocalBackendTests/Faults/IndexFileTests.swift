// SPDX-License-Identifier: Apache-2.0

import Foundation
import LocalBackend
import Testing
import VectorStoreCore

/// The index file is a cache: whatever happens to it, answers are right, writes go on, and there is an index again.
@Suite struct IndexFileTests {
  enum Damage: CaseIterable {
    case deleted, truncated, emptied, flippedHeader, flippedBody, flippedEverywhere, foreign, older, folder
  }

  @Test(arguments: Damage.allCases, [0, 20])
  func damagedWhileClosed(_ damage: Damage, _ tail: Int) async throws {
    var sample = try SampleStore()
    try await sample.fill(700, tail: tail)
    try await apply(damage, &sample)
    let store = try await sample.open()
    try await sample.expectRight(store, "\(damage)")
    try await sample.write(30, from: 690, to: store)
    try await sample.expectRight(store, "\(damage)")
    try await sample.waitForIndex(store)
    #expect(try await store.indexStatus().state == .ready)
    try await sample.expectRight(store, "\(damage)")
    _ = try await store.compact(progress: nil)
    try await sample.expectSound(store, "\(damage)")
    try await store.close()
    let again = try await sample.open()
    try await sample.expectRight(again, "\(damage)")
    try await sample.expectSound(again, "\(damage)")
    try await again.close()
  }

  /// A process that was killed before it wrote the file leaves the index to the next one that writes. One that only reads cannot.
  @Test func leftBehindByWhoWrites() async throws {
    var sample = try SampleStore()
    let store = try await sample.open()
    try await sample.write(700, to: store)
    let copy = sample.folder.file("copy.db")
    for name in ["", "-wal"] { try FileManager.default.copyItem(atPath: sample.path + name, toPath: copy + name) }
    try await store.close()
    let index = copy + "-index-1"
    for first in [700, 705] {
      let reader = try await LocalBackend.open(StoreURL(copy), options: OpenOptions(access: .readOnly))
      #expect(try await reader.indexStatus().state == .building)
      try await reader.close()
      #expect(!FileManager.default.fileExists(atPath: index))
      let writer = try await LocalBackend.open(StoreURL(copy), options: sample.existing)
      _ = try await writer.write(sample.batch(5, from: first), progress: nil)
      try await writer.close()
      #expect(FileManager.default.fileExists(atPath: index))
      let again = try await LocalBackend.open(StoreURL(copy), options: OpenOptions(access: .readOnly))
      #expect(try await again.indexStatus().state == .ready)
      try await sample.expectSound(again)
      try await again.close()
      try FileManager.default.removeItem(atPath: index)
    }
  }

  /// A file that is too damaged to be loaded is not passed over by a check.
  @Test(arguments: [Damage.truncated, .flippedHeader, .flippedEverywhere])
  func verifyTellsOfDamage(_ damage: Damage) async throws {
    var sample = try SampleStore()
    try await sample.fill(700)
    try await apply(damage, &sample)
    let reader = try await sample.open(OpenOptions(access: .readOnly))
    let report = try await reader.verify(progress: nil)
    #expect(report.checks.filter { $0.problem != nil }.map(\.name) == ["index file checksums"])
    try await reader.close()
  }

  private func apply(_ damage: Damage, _ sample: inout SampleStore) async throws {
    let (files, path) = (FileManager.default, sample.indexPath)
    #expect(files.fileExists(atPath: path))
    switch damage {
    case .deleted: try files.removeItem(atPath: path)
    case .truncated: try files.change(path) { $0.removeLast($0.count / 2) }
    case .emptied: try files.change(path) { $0 = [] }
    case .flippedHeader: try files.change(path) { $0[40] ^= 4 }
    case .flippedBody: try files.change(path) { $0[$0.count / 2] ^= 4 }
    case .flippedEverywhere:
      try files.change(path) { bytes in for place in stride(from: 20_000, to: bytes.count, by: 61) { bytes[place] ^= 1 }
      }
    case .foreign:
      var other = try SampleStore()
      try await other.fill(50)
      try files.removeItem(atPath: path)
      try files.copyItem(atPath: other.indexPath, toPath: path)
    case .older:
      let old = sample.folder.file("old")
      try files.copyItem(atPath: path, toPath: old)
      let store = try await sample.open()
      try await sample.write(100, from: 100, to: store)
      _ = try await store.compact(progress: nil)
      try await store.close()
      try files.removeItem(atPath: path)
      try files.moveItem(atPath: old, toPath: path)
    case .folder:
      try files.removeItem(atPath: path)
      try files.createDirectory(atPath: path, withIntermediateDirectories: false)
      // A folder there cannot be replaced; searches and writes do without the file.
      defer { try? files.removeItem(atPath: path) }
      let store = try await sample.open()
      try await sample.expectRight(store)
      try await sample.write(5, from: 50, to: store)
      try await sample.waitForIndex(store)
      try await sample.expectRight(store)
      try await store.close()
    }
  }

  @Test func damageThatCompactionComesUpon() async throws {
    var sample = try SampleStore()
    try await sample.fill(700)
    try FileManager.default.change(sample.indexPath) { bytes in
      for place in stride(from: 20_000, to: bytes.count, by: 61) { bytes[place] ^= 1 }
    }
    let store = try await sample.open()
    var batch = WriteBatch()
    batch.deletedIDs = ["id-1"]
    sample = try await written(batch, sample, store)
    _ = try await store.compact(progress: nil)
    try await sample.waitForIndex(store)
    try await sample.expectRight(store)
    _ = try await store.compact(progress: nil)
    try await sample.expectSound(store)
    try await store.close()
  }

  private func written(_ batch: WriteBatch, _ sample: SampleStore, _ store: LocalBackend) async throws -> SampleStore {
    var sample = sample
    _ = try await store.write(batch, progress: nil)
    sample.apply(batch)
    return sample
  }

  @Test func whatAKilledSaveLeftGoes() async throws {
    var sample = try SampleStore()
    try await sample.fill(50)
    let rest = sample.indexPath + ".new.4711.1.tmp"
    let other = sample.path + "-index-10.new.4711.1.tmp"
    for path in [rest, other] { try Data([1, 2, 3]).write(to: URL(fileURLWithPath: path)) }
    let store = try await sample.open()
    _ = try await store.compact(progress: nil)
    try await store.close()
    #expect(!FileManager.default.fileExists(atPath: rest))
    #expect(FileManager.default.fileExists(atPath: other))
  }

  @Test func anEmptyCollectionCanBeRebuiltAndCompacted() async throws {
    var sample = try SampleStore()
    let store = try await sample.open()
    try await store.rebuildIndex(concurrently: false, progress: nil)
    _ = try await store.compact(progress: nil)
    try await store.dropIndex()
    try await store.createIndex(IndexSpecification(), progress: nil)
    try await sample.write(20, to: store)
    try await sample.expectRight(store)
    try await sample.expectSound(store)
    try await store.close()
  }
}
