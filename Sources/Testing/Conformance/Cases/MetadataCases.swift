// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

enum MetadataCases {
  static let all = [
    ConformanceCase("metadata is merged or replaced, text and vector stay") { session in
      let backend = try await session.open()
      let start: JSONObject = ["a": 1, "b": ["x": 1], "c": "gone", "d": .null]
      try await backend.add([Sample.record("m", "merged", start), Sample.record("r", "replaced", start)])
      var batch = WriteBatch()
      batch.metadataChanges = [
        .init(id: "m", metadata: ["b": ["y": 2], "c": .null, "e": 1.0], merges: true),
        .init(id: "none", metadata: ["a": 2], merges: true),
        .init(id: "r", metadata: ["only": .null], merges: false),
      ]
      let result = try await backend.write(batch, progress: nil)
      try expectEqual(result, WriteResult(updated: 2, missingIDs: ["none"]), "the result")
      let read = try await backend.get(ids: ["m", "r"], includingVectors: true)
      let expected = [
        Sample.record("m", "merged", ["a": 1, "b": ["y": 2], "d": .null, "e": 1.0]),
        Sample.record("r", "replaced", ["only": .null]),
      ]
      try expectEqual(read, expected, "the records")
      try expectEqual(try await backend.count(filter: Field("e") == 1), 1, "count of a new member")
      try expectEqual(try await backend.count(filter: Field("c").exists), 0, "count of a removed member")
      let near = try await backend.candidates(Sample.nearest(expected[0].vector, 1, filter: Field("a") == 1)).nearest
      try expectEqual(near.map { $0.record }.map { $0.metadata }, [expected[0].metadata], "found with the filter")
      let words = try await backend.candidates(Sample.keywords("merged", filter: Field("e").exists)).keywords
      try expectEqual(words.map { $0.record.id }, ["m"], "found by keyword")
    },
    ConformanceCase("several changes of one document are made in order") { session in
      let backend = try await session.open()
      try await backend.add([Sample.record("a", "text", ["n": 1])])
      var batch = WriteBatch()
      batch.metadataChanges = [
        .init(id: "a", metadata: ["n": 2, "x": 1], merges: true), .init(id: "a", metadata: ["x": .null], merges: true),
      ]
      _ = try await backend.write(batch, progress: nil)
      try expectEqual(
        try await backend.get(ids: ["a"], includingVectors: false).first?.metadata, ["n": 2], "the metadata")
    },
  ]
}
