// SPDX-License-Identifier: Apache-2.0

import Foundation
import HNSW
import LocalBackend
import Testing
import VectorStoreCore
import VectorStoreTesting

/// A store with known documents, to be damaged and compared.
struct SampleStore {
  let folder: TemporaryFolder
  let options: OpenOptions
  private(set) var model = StoreModel(metric: .l2)
  private var random = SeededGenerator(3)

  var path: String { folder.file("store.db") }
  /// The index file of the first collection.
  var indexPath: String { path + "-index-1" }

  init(dimension: Int = 8) throws {
    folder = try TemporaryFolder()
    options = OpenOptions(
      space: EmbeddingSpace(model: "model", dimension: dimension, metric: .l2), declaredFields: [Field("group")])
  }

  /// Options to open the store without making it.
  var existing: OpenOptions { OpenOptions(access: .existing) }

  func open(_ options: OpenOptions? = nil) async throws -> LocalBackend {
    try await LocalBackend.open(StoreURL(path), options: options ?? self.options)
  }

  mutating func batch(_ count: Int, from first: Int = 0) -> WriteBatch {
    var batch = WriteBatch()
    batch.upserts = (first..<first + count).map { number in
      Record(
        id: "id-\(number)", content: "text \(number % 10)", metadata: ["group": .integer(Int64(number % 5))],
        vector: random.vector(options.space?.dimension ?? 8))
    }
    return batch
  }

  @discardableResult
  mutating func write(_ count: Int, from first: Int = 0, to store: LocalBackend) async throws -> WriteBatch {
    let batch = batch(count, from: first)
    _ = try await store.write(batch, progress: nil)
    model.apply(batch)
    return batch
  }

  /// What the store is known to hold after a write.
  mutating func apply(_ batch: WriteBatch) { model.apply(batch) }

  /// The store is to be empty again.
  mutating func forget() { model = StoreModel(metric: .l2) }

  /// Makes the store with so many documents in it, the index file with all but the last `tail`.
  mutating func fill(_ count: Int, tail: Int = 0) async throws {
    let store = try await open()
    try await write(count - tail, to: store)
    _ = try await store.compact(progress: nil)
    if tail > 0 { try await write(tail, from: count - tail, to: store) }
    try await store.close()
  }

  /// Compares every kind of answer with the model.
  mutating func expectRight(_ store: LocalBackend, _ comment: Comment? = nil) async throws {
    #expect(try await store.count(filter: nil) == model.records.count, comment)
    for filter in [nil, Field("group") == 2, Field("$id") == "id-3"] {
      let query = random.vector(options.space?.dimension ?? 8)
      let found = try await store.candidates(
        CandidateRequest(nearest: .init(vector: query, count: 5, isExact: true), filter: filter))
      let expected = try model.nearestDistances(query, k: 5, filter: filter)
      #expect(found.nearest.map { Float($0.value) } == expected, comment)
      for hit in found.nearest { #expect(model.records[hit.record.id]?.document == hit.record.document, comment) }
    }
    let words = try await store.candidates(CandidateRequest(keywords: .init(text: "\"text 7\"", count: 100_000)))
    #expect(
      Set(words.keywords.map(\.record.id)) == Set(model.records.values.filter { $0.content == "text 7" }.map(\.id)),
      comment)
  }

  func expectSound(_ store: LocalBackend, _ comment: Comment? = nil) async throws {
    let report = try await store.verify(progress: nil)
    #expect(report.isClean, "\(report.checks.filter { $0.problem != nil }) \(comment?.rawValue ?? "")")
  }

  /// Waits for the index that is being built beside the searches.
  func waitForIndex(_ store: LocalBackend) async throws {
    for _ in 0..<500 {
      let query = [Float](repeating: 0, count: options.space?.dimension ?? 8)
      _ = try await store.candidates(CandidateRequest(nearest: .init(vector: query, count: 1)))
      if try await store.indexStatus().state != .building { return }
      try await Task.sleep(for: .milliseconds(10))
    }
  }
}

/// The code of the error that a call ends with; nil where it ends without one.
func errorCode(_ body: () async throws -> Void) async -> VectorStoreError.Code? {
  do {
    try await body()
    return nil
  } catch let error as VectorStoreError {
    return error.code
  } catch {
    Issue.record("\(error) is no error of a store")
    return nil
  }
}

extension FileManager {
  /// Changes the bytes of a file.
  func change(_ path: String, _ body: (inout [UInt8]) -> Void) throws {
    var bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
    body(&bytes)
    try Data(bytes).write(to: URL(fileURLWithPath: path))
  }
}
