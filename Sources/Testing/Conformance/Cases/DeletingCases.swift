// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

enum DeletingCases {
  static let all = [
    ConformanceCase("deleting is idempotent") { session in
      let backend = try await session.open()
      try await backend.add([Sample.record("a"), Sample.record("b"), Sample.record("c")])
      try expectEqual(try await backend.delete(["b", "none", "b"]).deleted, 1, "deleted")
      try expectEqual(try await backend.delete(["b"]).deleted, 0, "deleted again")
      try expectEqual(try await backend.all().map { $0.id }, ["a", "c"], "what is left")
      let near = try await backend.candidates(Sample.nearest(Sample.record("b").vector, 10)).nearest
      try expectEqual(near.map { $0.record.id }.sorted(), ["a", "c"], "what is found")
      try await backend.add([Sample.record("b", "again")])
      let again = try await backend.candidates(Sample.nearest(Sample.record("b").vector, 1)).nearest
      try expectEqual(again.map { $0.record.content }, ["again"], "found after it was added again")
    },
    ConformanceCase("deleting by filter deletes what matches") { session in
      let backend = try await session.open()
      try await backend.add(
        (0..<30).map { Sample.record("id \($0)", "text", $0 % 5 == 0 ? [:] : ["n": .integer(Int64($0))]) })
      var batch = WriteBatch()
      batch.deletedFilter = Field("n") >= 10
      let deleted = try await backend.write(batch, progress: nil).deleted
      try expectEqual(deleted, 16, "deleted")
      try expectEqual(try await backend.count(filter: nil), 14, "what is left")
      batch.deletedFilter = .all
      try expectEqual(try await backend.write(batch, progress: nil).deleted, 14, "deleted by the filter of all")
      try expectEqual(try await backend.count(filter: nil), 0, "what is left")
      let near = try await backend.candidates(Sample.nearest(Sample.axis(0), 10)).nearest
      try expect(near.isEmpty, "an emptied store found \(near)")
    },
  ]
}
