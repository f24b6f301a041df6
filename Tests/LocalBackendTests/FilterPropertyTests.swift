// SPDX-License-Identifier: Apache-2.0

import HNSW
import LocalBackend
import Testing
import VectorStoreCore
import VectorStoreTesting

/// What a filter finds is what its definition says, whether it is answered by columns, by rows, or without an index.
@Suite struct FilterPropertyTests {
  @Test(arguments: [IndexSpecification.Kind.hnsw, .exact])
  func randomFilters(_ kind: IndexSpecification.Kind) async throws {
    var random = SeededGenerator(5)
    let space = EmbeddingSpace(model: "model", dimension: 2, metric: .l2)
    let declared = ["year", "a.b", "tags", "größe", "x\\.y"]
    let store = try await LocalBackend.open(
      StoreURL("memory:"),
      options: OpenOptions(space: space, declaredFields: declared.map { Field($0) }, index: IndexSpecification(kind)))
    let documents = (0..<60).map { number in
      Document(id: "id-\(number)", content: "content \(number % 7)", metadata: random.metadata())
    }
    var batch = WriteBatch()
    batch.upserts = documents.map { document in
      Record(
        id: document.id ?? "", content: document.content, metadata: document.metadata, vector: random.vector(2))
    }
    _ = try await store.write(batch, progress: nil)
    // 2 × 5,000 filters, each on 60 rows.
    for number in 0..<5_000 {
      let filter = random.filter(
        fields: number % 2 == 0 ? declared : SeededGenerator.fields + ["$id", "$content"])
      let expected = Set(documents.filter { filter.matches($0) }.compactMap(\.id))
      let found = try await store.candidates(
        CandidateRequest(nearest: .init(vector: [1, 1], count: 100), filter: filter))
      #expect(Set(found.nearest.map(\.record.id)) == expected, "\(filter)")
      if number % 10 == 0 { #expect(try await store.count(filter: filter) == expected.count, "\(filter)") }
    }
    try await store.close()
  }
}
