// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

enum IndexCases {
  static let all = [
    ConformanceCase("an index is dropped, made and rebuilt, and searches go on") { session in
      let backend = try await session.open()
      try await backend.add((0..<200).map { Sample.record("id \($0)") })
      try await backend.dropIndex()
      try expectEqual(try await backend.indexStatus().state, .none, "the state without an index")
      try await check(backend)
      try await backend.dropIndex()
      try await backend.createIndex(IndexSpecification(.hnsw, m: 8, efConstruction: 40), progress: nil)
      let status = try await backend.indexStatus()
      try expectEqual(status.state, .ready, "the state of a new index")
      try expectEqual(status.specification.kind, .hnsw, "the kind")
      try expectEqual(status.specification.m, 8, "m")
      try expectEqual(status.specification.efConstruction, 40, "efConstruction")
      try await check(backend)
      try await backend.add([Sample.record("later")])
      try await backend.delete(["id 3"])
      for concurrently in [false, true] {
        try await backend.rebuildIndex(concurrently: concurrently, progress: nil)
        try expectEqual(try await backend.indexStatus().state, .ready, "the state after a rebuild")
        let found = try await backend.candidates(Sample.nearest(Sample.record("later").vector, 1)).nearest
        try expectEqual(found.map { $0.record.id }, ["later"], "what was added after the index was made")
        try expectEqual(
          try await backend.candidates(Sample.nearest(Sample.axis(0), 1_000)).nearest.count, 200, "how many are found")
      }
    },
    ConformanceCase("the exact index is none") { session in
      let backend = try await session.open()
      try await backend.add((0..<50).map { Sample.record("id \($0)") })
      try await backend.createIndex(IndexSpecification(.exact), progress: nil)
      let status = try await backend.indexStatus()
      try expectEqual(status.specification.kind, .exact, "the kind")
      try await check(backend)
    },
    ConformanceCase("an index with wrong parameters is refused") { session in
      let backend = try await session.open()
      try await backend.add([Sample.record("a")])
      for wrong in [IndexSpecification(m: 1), IndexSpecification(m: 1_000), IndexSpecification(efConstruction: 1)] {
        try await expectError(what: "\(wrong)") { try await backend.createIndex(wrong, progress: nil) }
      }
      do {
        try await backend.createIndex(IndexSpecification(.ivfflat, lists: 2), progress: nil)
      } catch let error as VectorStoreError {
        try expectEqual(error.code, .unsupported, "the error of a backend without IVFFlat")
      }
      try expectEqual(
        try await backend.candidates(Sample.nearest(Sample.axis(0), 1)).nearest.count, 1, "what is found afterwards")
    },
  ]

  private static func check(_ backend: any VectorStoreBackend) async throws {
    for number in [0, 7, 42] {
      let found = try await backend.candidates(Sample.nearest(Sample.record("id \(number)").vector, 5)).nearest
      try expectEqual(found.count, 5, "how many are found")
      try expectEqual(found.first?.record.id, "id \(number)", "the nearest")
    }
  }
}
