// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

enum LedgerCases {
  static let all = [
    ConformanceCase("the ledger keeps entries by document") { session in
      let backend = try await session.open()
      let entries = [entry("s", "a"), entry("s", "b"), entry("é", "c"), entry("e\u{301}", "d")]
      try await write(["a", "b", "c", "d"], entries, backend)
      try await check(nil, entries, backend)
      try await check(["s"], Array(entries[..<2]), backend)
      try await check(["é", "none"], [entries[2]], backend)
      try await check([], [], backend)
      let moved = [entry("t", "a", hash: "new"), entries[1]]
      try await write(["a"], [moved[0]], backend)
      try await check(["s", "t"], moved, backend)
    },
    ConformanceCase("entries go with their documents") { session in
      let backend = try await session.open()
      let entries = ["a", "b", "c", "d"].map { entry("s", $0) }
      try await write(["a", "b", "c", "d"], entries, backend)
      try await backend.delete(["a"])
      try await check(nil, Array(entries[1...]), backend)
      var batch = WriteBatch()
      batch.deletedFilter = Field.id == "b"
      batch.metadataChanges = [.init(id: "c", metadata: ["x": 1], merges: true)]
      _ = try await backend.write(batch, progress: nil)
      try await check(nil, Array(entries[2...]), backend)
      batch = Sample.upserts([Sample.record("c"), Sample.record("d")])
      batch.deletedIDs = ["c"]
      batch.ledger = [entry("u", "c")]
      _ = try await backend.write(batch, progress: nil)
      try await check(nil, [entry("u", "c"), entries[3]], backend)
    },
  ]

  private static func entry(_ source: String, _ id: String, hash: String = "h") -> LedgerEntry {
    LedgerEntry(source: source, id: id, hash: hash, textHash: "t\(id)")
  }

  private static func write(
    _ ids: [String], _ entries: [LedgerEntry], _ backend: any VectorStoreBackend
  ) async throws {
    var batch = Sample.upserts(ids.map { Sample.record($0) })
    batch.ledger = entries
    _ = try await backend.write(batch, progress: nil)
  }

  private static func check(
    _ sources: [String]?, _ entries: [LedgerEntry], _ backend: any VectorStoreBackend
  ) async throws {
    func texts(_ entries: [LedgerEntry]) -> [String] {
      entries.map { "\($0.id) \($0.source) \($0.hash) \($0.textHash)" }
        .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
    try expectEqual(texts(try await backend.ledger(sources: sources)), texts(entries), "the ledger")
  }
}
