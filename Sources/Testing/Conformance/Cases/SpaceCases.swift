// SPDX-License-Identifier: Apache-2.0

import HNSW
import VectorStoreCore

enum SpaceCases {
  static let all = [
    ConformanceCase("a new collection records its space") { session in
      let options = OpenOptions(space: Sample.space(), embedderName: "hashing:6")
      let recorded = try await session.open(options).recordedSpace()
      try expectEqual(recorded, RecordedSpace(Sample.space(), embedderName: "hashing:6"), "the recorded space")
    },
    ConformanceCase("a collection without a space records one once") { session in
      let backend = try await session.open(OpenOptions())
      try expectEqual(try await backend.recordedSpace(), nil, "the space of a store that has none")
      let space = RecordedSpace(Sample.space(.l2), embedderName: "name")
      try await backend.record(space)
      try expectEqual(try await backend.recordedSpace(), space, "the recorded space")
      try await backend.record(space)
      for other in [Sample.space(.cosine), EmbeddingSpace(model: "conformance", dimension: 7, metric: .l2)] {
        try await expectError(.embeddingSpaceMismatch, what: "recording another space") {
          try await backend.record(RecordedSpace(other))
        }
      }
      try expectEqual(try await backend.recordedSpace(), space, "the space after others were refused")
    },
    ConformanceCase("an empty store answers") { session in
      let backend = try await session.open()
      let found = try await backend.candidates(
        CandidateRequest(
          nearest: .init(vector: Sample.axis(0), count: 5), keywords: .init(text: "text", count: 5)))
      try expect(found.nearest.isEmpty && found.keywords.isEmpty, "an empty store found something")
      try expectEqual(try await backend.count(filter: nil), 0, "count")
      try expectEqual(try await backend.count(filter: Field("a") == 1), 0, "count of a filter")
      try expectEqual(try await backend.get(ids: ["a"], includingVectors: true), [], "get")
      try expectEqual(try await backend.all(), [], "scroll")
      try expectEqual(try await backend.delete(["a"]), WriteResult(), "deleting what is not there")
      try expectEqual(try await backend.ledger(sources: nil), [], "the ledger")
      try expectEqual(try await backend.write(WriteBatch(), progress: nil), WriteResult(), "an empty batch")
    },
  ]
}
