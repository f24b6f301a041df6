// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

enum MaintenanceCases {
  static let all = [
    ConformanceCase("statistics tell what is there") { session in
      let backend = try await session.open(OpenOptions(space: Sample.space(), embedderName: "name"))
      try await backend.add((0..<30).map { Sample.record("id \($0)") })
      try await backend.delete(["id 0"])
      let statistics = try await backend.statistics()
      try expectEqual(statistics.count, 29, "count")
      try expectEqual(statistics.space, Sample.space(), "the space")
      try expectEqual(statistics.embedderName, "name", "the embedder")
    },
    ConformanceCase("a store that was written, changed and compacted is clean") { session in
      let backend = try await session.open()
      try await backend.add((0..<300).map { Sample.record("id \($0)", "word\($0)", ["n": .integer(Int64($0))]) })
      try await backend.add((0..<50).map { Sample.record("id \($0)", "changed\($0)", vector: Sample.axis($0)) })
      try await backend.delete((100..<250).map { "id \($0)" })
      try await checkClean(backend)
      let before = try await backend.all()
      _ = try await backend.compact(progress: nil)
      try expectEqual(try await backend.all(), before, "what is stored after compacting")
      try await checkClean(backend)
      let found = try await backend.candidates(Sample.nearest(Sample.axis(0), 1_000)).nearest
      try expectEqual(found.count, 150, "what is found by vector")
      let words = try await backend.candidates(Sample.keywords("changed7 word120 word60")).keywords
      try expectEqual(words.map { $0.record.id }.sorted(), ["id 60", "id 7"], "what is found by keyword")
      try await backend.add([Sample.record("later")])
      try expectEqual(
        try await backend.candidates(Sample.nearest(Sample.record("later").vector, 1)).nearest.map { $0.record.id },
        ["later"], "what was added after compacting")
    },
    ConformanceCase("a backup is a store") { session in
      guard let backups = session.suite.backups else { throw ConformanceSkip(reason: "no backups are to be tried") }
      let backend = try await session.open()
      var batch = Sample.upserts((0..<100).map { Sample.record("id \($0)", "word\($0)", ["n": .integer(Int64($0))]) })
      batch.ledger = [LedgerEntry(source: "s", id: "id 1", hash: "h", textHash: "t")]
      _ = try await backend.write(batch, progress: nil)
      let path = try backups.makePath()
      try await backend.backup(to: path, progress: nil)
      let expected = try await backend.all()
      try await backend.add([Sample.record("after")])
      let copy = try await session.openBackup(path, backups)
      try expectEqual(try await copy.all(), expected, "what the backup has")
      try expectEqual(try await copy.recordedSpace(), RecordedSpace(Sample.space()), "the backup's space")
      try expectEqual(try await copy.ledger(sources: nil), batch.ledger, "the backup's ledger")
      let found = try await copy.candidates(Sample.nearest(Sample.record("id 5").vector, 1)).nearest
      try expectEqual(found.map { $0.record.id }, ["id 5"], "what the backup finds")
      let words = try await copy.candidates(Sample.keywords("word9")).keywords
      try expectEqual(words.map { $0.record.id }, ["id 9"], "what the backup finds by keyword")
      try await checkClean(copy)
      try await copy.add([Sample.record("own")])
      try expectEqual(
        try await backend.count(filter: Field.id == "own"), 0, "the first store after a write to the copy")
      try await expectError(what: "a backup over a file that is there") {
        try await backend.backup(to: path, progress: nil)
      }
    },
    ConformanceCase("a closed store refuses") { session in
      let backend = try await session.open()
      try await backend.add([Sample.record("a")])
      try await backend.close()
      try await expectError(what: "reading") { _ = try await backend.get(ids: ["a"], includingVectors: false) }
      try await expectError(what: "searching") { _ = try await backend.candidates(Sample.nearest(Sample.axis(0), 1)) }
      try await expectError(what: "counting") { _ = try await backend.count(filter: nil) }
      try await expectError(what: "writing") { _ = try await backend.add([Sample.record("b")]) }
      try await backend.close()
    },
  ]

  private static func checkClean(_ backend: any VectorStoreBackend) async throws {
    let problems = try await backend.verify(progress: nil).checks.compactMap { check in
      check.problem.map { "\(check.name): \($0)" }
    }
    try expectEqual(problems, [], "what verify found")
  }
}
