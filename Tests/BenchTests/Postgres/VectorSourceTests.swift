// SPDX-License-Identifier: Apache-2.0

import Foundation
import LocalBackend
import PostgresBackend
import Testing
import VectorStoreBench
import VectorStoreCore

@Suite("vectors of stores and tables") struct VectorSourceTests {
  private let folder: TemporaryFolder
  private let vectors = GeneratedVectors(.clustered, rows: 6_000, queries: 12, dimension: 8, seed: 4)

  init() throws {
    folder = try TemporaryFolder()
    try VectorFileWriter.write(vectors.base, to: folder.path("base.fvecs"))
    try VectorFileWriter.write(vectors.queries, to: folder.path("query.fvecs"))
  }

  private func groundtruth(_ base: [String]) throws -> (outcome: BuiltCommand.Outcome, neighbors: [Int32]) {
    let out = folder.path("\(UUID().uuidString).ivecs")
    let outcome = try BuiltCommand.run(
      ["groundtruth", "--base"] + base + [
        "--query", folder.path("query.fvecs"), "--metric", "cosine", "--k", "5", "--out", out,
      ])
    return (outcome, outcome.status == 0 ? try VectorFile.readNeighbors(out).values : [])
  }

  @Test("a store's rows are those of the file it was filled from")
  func store() async throws {
    let path = folder.path("store#1.db")
    let space = EmbeddingSpace(model: "", dimension: 8)
    let backend = try await LocalBackend.open(
      StoreURL("sqlite:\(path)"), options: OpenOptions(table: "notes", space: space, keywords: false))
    var batch = WriteBatch()
    batch.upserts = (0..<vectors.base.count).map {
      Record(id: String($0 + 10_000), content: "", vector: Array(vectors.base[$0]))
    }
    _ = try await backend.write(batch, progress: nil)
    try await backend.close()
    let expected = try groundtruth([folder.path("base.fvecs")]).neighbors
    #expect(expected.count == 60)
    for base in [["sqlite:\(path)#notes"], ["sqlite:\(path)", "--table", "notes"]] {
      let (outcome, neighbors) = try groundtruth(base)
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(neighbors == expected)
    }
    let absent = try groundtruth(["sqlite:\(path)#absent"]).outcome
    #expect(absent.status == 1)
    #expect(absent.errors.contains("absent"))
    let missing = try groundtruth(["sqlite:\(folder.path("none.db"))"]).outcome
    #expect(missing.status == 1)
    #expect(!FileManager.default.fileExists(atPath: folder.path("none.db")))
  }

  @Test(
    "a table's rows are those of the file it was filled from, in every type",
    arguments: [VectorColumnType.vector, .sparsevec])
  func table(type: VectorColumnType) async throws {
    try await TestDatabase.with { database in
      try await database.run("CREATE SCHEMA \"my.schema\"")
      try await database.fill(SQLIdentifier(known: "items"), vectors.base, type: type)
      try await database.run("ALTER TABLE items SET SCHEMA \"my.schema\"")
      let expected = try groundtruth([folder.path("base.fvecs")]).neighbors
      let found = try groundtruth([
        database.url + "?options=-c%20default_transaction_read_only%3Don", "--table", "\"my.schema\".items",
      ])
      #expect(found.outcome.status == 0, "\(found.outcome.errors)")
      #expect(found.neighbors == expected)
    }
  }

  @Test("what is no table of vectors is told")
  func errors() async throws {
    try await TestDatabase.with { database in
      try await database.run("CREATE TABLE plain (id int)")
      try await database.run("CREATE TABLE mixed (a vector, b vector(3))")
      try await database.run("INSERT INTO mixed VALUES ('[1,2]', '[1,2,3]'), ('[1]', NULL)")
      func message(_ table: String, _ more: String...) throws -> String {
        let outcome = try groundtruth([database.url, "--table", table] + more).outcome
        #expect(outcome.status == 1)
        return outcome.errors
      }
      #expect(try message("absent").contains("there is no table absent"))
      #expect(try message("plain").contains("no column of vectors"))
      #expect(try message("mixed").contains("'a', 'b'"))
      #expect(try message("mixed", "--embedding-column", "a").contains("has 1 dimensions"))
      #expect(try message("mixed", "--embedding-column", "b").contains("dimension 8, but the base has 3"))
      #expect(try message("\"open").contains("not closed"))
      let none = try groundtruth([database.url]).outcome
      #expect(none.status == 2 && none.errors.contains("--table"))
    }
  }
}
