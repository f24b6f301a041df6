// SPDX-License-Identifier: Apache-2.0

import HNSW
import LocalBackend
import Testing
import VectorStoreCore
import VectorStoreTesting

/// Random writes against a dictionary, and every kind of reading after each.
@Suite struct ModelTests {
  private let space = EmbeddingSpace(model: "model", dimension: 8, metric: .l2)

  @Test(arguments: [("memory:", IndexSpecification.Kind.hnsw), ("file", .hnsw), ("file", .exact)])
  func randomWrites(_ home: String, _ kind: IndexSpecification.Kind) async throws {
    let folder = try TemporaryFolder()
    let url = home == "file" ? folder.file("store.db") : home
    var random = SeededGenerator(11)
    var model = StoreModel(metric: space.metric)
    let options = OpenOptions(
      space: space, declaredFields: [Field("year"), Field("a.b"), Field("tags")], index: IndexSpecification(kind))
    var store = try await LocalBackend.open(StoreURL(url), options: options)
    for step in 0..<60 {
      let batch = batch(&random)
      _ = try await store.write(batch, progress: nil)
      model.apply(batch)
      if home == "file", random.oneIn(6) {
        try await store.close()
        store = try await LocalBackend.open(StoreURL(url), options: options)
      }
      if random.oneIn(12) { _ = try await store.compact(progress: nil) }
      if random.oneIn(15) { try await store.rebuildIndex(concurrently: false, progress: nil) }
      try await check(store, model, &random, step: step)
    }
    let report = try await store.verify(progress: nil)
    #expect(report.isClean, "\(report.checks.filter { $0.problem != nil })")
    try await store.close()
  }

  private func batch(_ random: inout SeededGenerator) -> WriteBatch {
    var batch = WriteBatch()
    func id() -> String { "id-\(random.below(120))" }
    switch random.below(6) {
    case 0: batch.deletedIDs = (0..<random.below(10)).map { _ in id() }
    case 1: batch.deletedFilter = random.oneIn(3) ? Field("year") == Int64(random.below(4)) : .none
    case 2:
      batch.metadataChanges = (0..<random.below(6)).map { _ in
        .init(id: id(), metadata: random.metadata(), merges: random.oneIn(2))
      }
    default: break
    }
    batch.upserts = (0..<random.below(25)).map { _ in
      let id = id()
      // Some keep their vector, so that only the metadata or the text changes.
      let vector = random.oneIn(3) ? (0..<8).map { Float($0) + Float(id.utf8.count) } : random.vector(8)
      return Record(id: id, content: "text \(random.below(50)) 向量", metadata: random.metadata(), vector: vector)
    }
    return batch
  }

  private func check(
    _ store: LocalBackend, _ model: StoreModel, _ random: inout SeededGenerator, step: Int
  ) async throws {
    #expect(try await store.count(filter: nil) == model.records.count)
    let filter = random.filter()
    #expect(try await store.count(filter: filter) == model.matching(filter).count, "\(filter) at \(step)")
    let page = try await store.scroll(filter: filter, after: nil, limit: 1_000, includingVectors: true)
    #expect(page.records.map(\.id) == model.matching(filter).sorted())
    for record in page.records { #expect(model.records[record.id] == record) }
    for filter in [nil, filter, random.filter(fields: ["year", "a.b", "tags"])] {
      let query = random.vector(8)
      let found = try await store.candidates(
        CandidateRequest(nearest: .init(vector: query, count: 7), filter: filter)
      ).nearest
      let expected = try model.nearestDistances(query, k: 7, filter: filter)
      #expect(found.map { Float($0.value) } == expected, "\(String(describing: filter)) at \(step)")
      for hit in found { #expect(model.records[hit.record.id]?.document == hit.record.document) }
    }
    let words = try await store.candidates(CandidateRequest(keywords: .init(text: "\"text 7\"", count: 1_000))).keywords
    #expect(Set(words.map(\.record.id)) == Set(model.records.values.filter { $0.content == "text 7 向量" }.map(\.id)))
  }
}
