// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import VectorStoreCore

@Suite("a store on PostgreSQL is a store")
struct PostgresTests {
  /// The server of the tests, with a table's name of its own.
  private struct Home {
    let url: String
    let table = "cli_\(UInt64.random(in: .min ... .max))"
    let folder: TemporaryFolder

    init() throws {
      guard let url = ProcessInfo.processInfo.environment["VECTORSTORE_TEST_POSTGRES"], !url.isEmpty else {
        throw Missing()
      }
      self.url = url
      folder = try TemporaryFolder()
    }

    struct Missing: Error, CustomStringConvertible {
      let description =
        "VECTORSTORE_TEST_POSTGRES is not set: it is the URL of a PostgreSQL with pgvector; scripts/test starts one"
    }

    /// Every kind of URL that Python's programs write means the same.
    func run(_ arguments: String..., input: String = "", driver: String = "") throws -> BuiltCommand.Outcome {
      let rest = url.range(of: "://").map { String(url[$0.lowerBound...]) } ?? ""
      return try BuiltCommand.run(
        arguments + ["--store", "postgresql\(driver)\(rest)", "--table", table], in: folder, input: Array(input.utf8))
    }
  }

  @Test("ingest, search, get, update, delete, index, stats, verify, compact, export, import")
  func everything() throws {
    let home = try Home()
    try home.folder.write("# Graphs\n\nHNSW is a graph index.\n\n# Lists\n\nIVFFlat has lists.\n", as: "docs/a.md")
    try home.folder.write("向量数据库与全文检索", as: "docs/b.txt")
    let first = try home.run("ingest", "docs", "--embedder", "hashing:64", "--json", driver: "+asyncpg")
    #expect(try Counts(first) == Counts(3), "\(first.errors)")
    #expect(try Counts(home.run("ingest", "docs", "--json")) == Counts(skipped: 3))
    try home.folder.write("gone", as: "docs/b.txt")
    #expect(try Counts(home.run("ingest", "docs", "--cleanup", "incremental", "--json")).status == 0)
    let hit = try home.run("search", "graph index", "-k", "1", "--json", "--explain").lines.last
    let object = try JSONValue(parsing: hit ?? "").objectValue
    #expect(object?["content"]?.stringValue?.contains("HNSW") == true)
    let id = object?["id"]?.stringValue ?? ""
    #expect(try home.run("search", "lists", "--hybrid", "--json").lines.first?.contains("IVFFlat") == true)
    #expect(try home.run("get", id, "--json").lines.count == 1)
    #expect(try home.run("update", id, "--metadata", #"{"seen": true}"#).status == 0)
    #expect(try home.run("count", "--filter", #"{"seen": true}"#, "--json").output == "{\"count\":1}\n")
    let index = try home.run("index", "create", "--type", "hnsw", "--concurrently", "--json")
    #expect(index.status == 0 && index.output.contains("\"ready\""), "\(index.errors)")
    #expect(try home.run("index", "rebuild").status == 0)
    #expect(try home.run("stats", "--json").output.contains("\"pgvector\""))
    #expect(try home.run("verify").status == 0)
    #expect(try home.run("compact").status == 0)
    let export = try home.run("export", "-")
    #expect(export.lines.count == 3)
    let local = try BuiltCommand.run(
      ["import", "-", "--store", "s.db"], in: home.folder, input: Array(export.output.utf8))
    #expect(local.status == 0, "\(local.errors)")
    let back = try BuiltCommand.run(["export", "-", "--store", "s.db"], in: home.folder)
    #expect(
      try Set(back.lines.map { try JSONValue(parsing: $0) }) == Set(export.lines.map { try JSONValue(parsing: $0) }))
    let backup = try home.run("backup", "b.db")
    #expect(backup.status != 0 && backup.errors.contains("pg_dump"))
    #expect(try home.run("delete", "--filter", "{}").status == 0)
    #expect(try home.run("count", "--json").output == "{\"count\":0}\n")
  }

  @Test("another embedder, a missing table and a wrong URL are told, the password never")
  func errors() throws {
    let home = try Home()
    let missing = try home.run("count")
    #expect(missing.status == 1 && missing.errors.contains(home.table), "\(missing.errors)")
    let line = #"{"id": "a", "content": "b", "embedding": [1, 2]}"# + "\n"
    #expect(
      try home.run("import", "-", "--metadata-column", "year:integer", "--id-column", "key:text", input: line).status
        == 0)
    let other = try home.run("search", "x", "--embedder", "hashing:64")
    #expect(other.status == 1 && other.errors.contains("64") && other.errors.contains("2"), "\(other.errors)")
    let wrong = try home.run(
      "import", "-", input: #"{"id": "c", "content": "d", "embedding": [1, 2], "metadata": {"year": "x"}}"# + "\n")
    #expect(wrong.status != 0 && wrong.errors.contains("year"), "\(wrong.errors)")
    for url in [
      "postgresql://u:s3cret@127.0.0.1:1/d", "postgresql://u:s3cret@h:x/d", "postgresql://u:s3cret@h/d?nonsense=1",
    ] {
      let outcome = try BuiltCommand.run(["count", "--store", url], in: home.folder)
      #expect(outcome.status != 0 && !outcome.errors.contains("s3cret"), "\(outcome.errors)")
    }
    #expect(try home.run("delete", "--id", "a").status == 0)
  }
}
