// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import LocalBackend
import Testing
import VectorStoreCore
import VectorStoreTesting

/// A database with other contents than the store wrote: an error that says so, or answers, never the end of the program.
@Suite struct DamagedDatabaseTests {
  /// How many bits are flipped, one a try; a tenth of what is asked for of index files, since each takes longer.
  static let flips =
    ProcessInfo.processInfo.environment["VECTORSTORE_BITFLIPS"].flatMap { Int($0) }.map { $0 / 10 }
    ?? 200

  /// What the store answers to everything; errors are counted and have to be a store's.
  private func exercise(_ path: String, maintains: Bool = true) async -> [VectorStoreError] {
    var errors: [VectorStoreError] = []
    func attempt(_ body: () async throws -> Void) async {
      do { try await body() } catch let error as VectorStoreError { errors.append(error) } catch {
        Issue.record("\(error) is no error of a store")
      }
    }
    var opened: LocalBackend?
    let options = OpenOptions(access: .existing, survivesPowerFailure: false)
    await attempt { opened = try await LocalBackend.open(StoreURL(path), options: options) }
    guard let store = opened else { return errors }
    let query = [Float](repeating: 0.5, count: 8)
    await attempt { _ = try await store.count(filter: Field("group") == 1) }
    await attempt { _ = try await store.scroll(filter: nil, after: nil, limit: 10_000, includingVectors: true) }
    await attempt { _ = try await store.get(ids: ["id-1", "id-2"], includingVectors: true) }
    for filter in [nil, Field("group") == 1, Field("other") == 1, Field("$content") == "text 1"] {
      await attempt {
        _ = try await store.candidates(CandidateRequest(nearest: .init(vector: query, count: 9), filter: filter))
      }
      await attempt {
        _ = try await store.candidates(CandidateRequest(keywords: .init(text: "text 3", count: 9), filter: filter))
      }
    }
    await attempt { _ = try await store.ledger(sources: nil) }
    await attempt { _ = try await store.statistics() }
    await attempt { _ = try await store.verify(progress: nil) }
    var batch = WriteBatch()
    batch.deletedIDs = ["id-7"]
    batch.upserts = [Record(id: "id-1", content: "new text", vector: query)]
    batch.metadataChanges = [.init(id: "id-2", metadata: ["group": 3], merges: true)]
    batch.ledger = [LedgerEntry(source: "source", id: "id-1", hash: "1", textHash: "2")]
    await attempt { _ = try await store.write(batch, progress: nil) }
    if maintains {
      await attempt { _ = try await store.compact(progress: nil) }
      await attempt { try await store.rebuildIndex(concurrently: false, progress: nil) }
      await attempt { _ = try await store.backup(to: path + ".backup", progress: nil) }
    }
    await attempt { try await store.close() }
    return errors
  }

  private func copy(_ sample: SampleStore, as name: String) throws -> String {
    let path = sample.folder.file(name)
    for suffix in ["", "-index-1"] {
      try? FileManager.default.removeItem(atPath: path + suffix)
      try FileManager.default.copyItem(atPath: sample.path + suffix, toPath: path + suffix)
    }
    return path
  }

  private func remove(_ path: String) {
    for suffix in ["", "-wal", "-shm", "-lock", "-index-1", ".backup"] {
      try? FileManager.default.removeItem(atPath: path + suffix)
    }
  }

  @Test func flippedBits() async throws {
    var sample = try SampleStore()
    try await sample.fill(60)
    let size = try Data(contentsOf: URL(fileURLWithPath: sample.path)).count
    var random = SeededGenerator(9)
    var refused = 0
    for number in 0..<Self.flips {
      let path = try copy(sample, as: "flipped.db")
      // The first pages, with the schema and the collection's record, more often than the others.
      let place = number % 3 == 0 ? random.below(min(size, 20_480)) : random.below(size)
      let bit = UInt8(1 << random.below(8))
      try FileManager.default.change(path) { $0[place] ^= bit }
      if await !exercise(path, maintains: number % 5 == 0).isEmpty { refused += 1 }
      remove(path)
    }
    #expect(refused > 0)
  }

  static let doctorings = [
    "UPDATE collections SET space = NULL",
    "UPDATE collections SET space = '{'",
    "UPDATE collections SET space = '{\"dimension\":0}'",
    "UPDATE collections SET space = replace(space, '8', '9223372036854775807')",
    "UPDATE collections SET space = replace(space, 'l2', 'hamming')",
    "UPDATE collections SET fields = ''",
    "UPDATE collections SET fields = '{\"a\":1}'",
    "UPDATE collections SET fields = '[\"\",\"$id\",\"a..b\",\"\\\\\",\"\\u0000\"]'",
    "UPDATE collections SET index_specification = 'null'",
    "UPDATE collections SET index_specification = '{\"kind\":\"hnsw\",\"m\":-1,\"efConstruction\":0}'",
    "UPDATE collections SET index_specification = '{\"kind\":\"ivfflat\"}'",
    "UPDATE collections SET change_number = 9223372036854775807",
    "UPDATE collections SET change_number = -1",
    "UPDATE collections SET change_number = 0",
    "UPDATE collections SET revision = 9223372036854775807",
    "UPDATE collections SET count = 9223372036854775807",
    "UPDATE collections SET count = -5",
    "UPDATE collections SET count = 0",
    "UPDATE collections SET index_change = 9223372036854775807",
    "UPDATE collections SET index_change = 0, index_file = NULL",
    "UPDATE collections SET index_file = x'00', pending_file = index_file, pending_change = -1",
    "UPDATE collections SET keywords = 0",
    "UPDATE collections SET id = 77",
    "UPDATE collections SET name = 'other'",
    "DELETE FROM collections",
    "UPDATE vectors_1 SET embedding = x'0011'",
    "UPDATE vectors_1 SET embedding = x''",
    "UPDATE vectors_1 SET embedding = zeroblob(32)",
    "UPDATE vectors_1 SET embedding = x'0000c07f0000c07f0000c07f0000c07f0000c07f0000c07f0000c07f0000c07f' WHERE key = 5",
    "DELETE FROM vectors_1 WHERE key % 2 = 0",
    "UPDATE vectors_1 SET key = key + 1000000",
    "UPDATE vectors_1 SET key = -9223372036854775807 WHERE key = 3",
    "UPDATE documents_1 SET metadata = '{'",
    "UPDATE documents_1 SET metadata = '[1,2]'",
    "UPDATE documents_1 SET metadata = ''",
    "UPDATE documents_1 SET metadata = '{\"group\":\"}' WHERE key = 4",
    "UPDATE documents_1 SET metadata = '{\"group\":tru}'",
    "UPDATE documents_1 SET metadata = replace(hex(zeroblob(3000)), '00', '[')",
    "UPDATE documents_1 SET content = CAST(x'ff00fe' AS TEXT), id = CAST(x'ff00' AS TEXT) || key",
    "UPDATE documents_1 SET key = key + 1000",
    "DELETE FROM documents_1",
    "DROP TABLE documents_1",
    "DROP TABLE vectors_1",
    "DROP TABLE changes_1",
    "DROP TABLE ledger_1",
    "DROP TABLE keywords_1",
    "DELETE FROM keywords_1_data",
    "UPDATE keywords_1_data SET block = x'ffffffff'",
    "DELETE FROM keywords_1_docsize",
    "INSERT INTO keywords_1 (keywords_1, rank) VALUES ('rank', 'snippet(0, ''a'', ''b'', ''c'', 5)')",
    "INSERT INTO keywords_1_config VALUES ('rank', 'no such function')",
    "INSERT INTO changes_1 VALUES (9223372036854775807, 5, 0), (9223372036854775806, 5, 1), (99, -1, 2), (99, 3, 77)",
    "INSERT INTO ledger_1 VALUES ('nobody', '', '', '')",
    "UPDATE sqlite_sequence SET seq = 9223372036854775807",
    // Tables of the same names that are not STRICT and hold anything.
    """
    CREATE TABLE c AS SELECT * FROM collections; DROP TABLE collections; ALTER TABLE c RENAME TO collections;
    UPDATE collections SET change_number = 'many', count = 1.5, space = x'00', fields = NULL
    """,
    """
    CREATE TABLE c AS SELECT * FROM documents_1; DROP TABLE documents_1; ALTER TABLE c RENAME TO documents_1;
    UPDATE documents_1 SET key = NULL, id = 5, metadata = NULL, content = x'00'
    """,
    """
    CREATE TABLE c AS SELECT * FROM vectors_1; DROP TABLE vectors_1; ALTER TABLE c RENAME TO vectors_1;
    UPDATE vectors_1 SET key = 'text', embedding = 1.5
    """,
    """
    CREATE TABLE c AS SELECT * FROM changes_1; DROP TABLE changes_1; ALTER TABLE c RENAME TO changes_1;
    INSERT INTO changes_1 VALUES (NULL, NULL, 'x'), (1000, NULL, 0), (1000, NULL, 1), (1000, 'x', 2)
    """,
    "CREATE TRIGGER t AFTER UPDATE ON collections BEGIN DELETE FROM documents_1; END",
    "CREATE TRIGGER t BEFORE INSERT ON documents_1 BEGIN SELECT RAISE(ABORT, 'no'); END",
    "DROP TABLE vectors_1; CREATE VIEW vectors_1 AS SELECT key, zeroblob(32) AS embedding FROM documents_1",
  ]

  @Test(arguments: doctorings)
  func doctored(_ sql: String) async throws {
    var sample = try SampleStore()
    try await sample.fill(60, tail: 5)
    let database = try DatabaseQueue(path: sample.path)
    try await database.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA writable_schema = ON")
      try db.execute(sql: sql)
    }
    try database.close()
    // With the index file and without it.
    for removesIndex in [false, true] {
      let path = try copy(sample, as: "doctored.db")
      if removesIndex { try FileManager.default.removeItem(atPath: path + "-index-1") }
      for error in await exercise(path) {
        // Nothing that is about the caller's arguments, and never SQLite's words alone.
        #expect(![.invalidJSON, .invalidFilter, .dimensionMismatch].contains(error.code), "\(sql): \(error)")
      }
      remove(path)
    }
  }
}
