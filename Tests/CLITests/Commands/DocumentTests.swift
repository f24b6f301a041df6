// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import VectorStoreCore

@Suite("documents are read, changed, deleted and moved")
struct DocumentTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let rows = (0..<20).map { #"{"id": "\#($0)", "content": "text number \#($0)", "n": \#($0), "é": [1.0, null]}"# }
    try folder.write(rows.joined(separator: "\n"), as: "rows.jsonl")
    #expect(try folder.ingest("rows.jsonl") == Counts(20))
  }

  private func json(_ arguments: String...) throws -> JSONValue {
    let outcome = try BuiltCommand.run(arguments + ["--store", "s.db", "--json"], in: folder)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try JSONValue(parsing: outcome.output)
  }

  @Test("get, update, count and delete")
  func changes() throws {
    #expect(try json("get", "7")["content"] == "text number 7")
    let two = try folder.run("get", "9", "nobody", "3", "--store", "s.db", "--json")
    #expect(two.status == 3 && two.lines.count == 2 && two.errors.contains("'nobody'"))
    #expect(try json("get", "7", "--vectors")["embedding"]?.arrayValue?.count == 64)

    #expect(try json("update", "7", "--metadata", #"{"lang": "en", "n": null}"#) == ["updated": 1])
    let metadata = try #require(try json("get", "7")["metadata"])
    #expect(metadata["lang"] == "en" && metadata["n"] == nil && metadata["é"] == [1.0, .null])
    _ = try json("update", "7", "--metadata", #"{"only": true}"#, "--replace")
    #expect(try json("get", "7")["metadata"] == ["only": true])
    #expect(try folder.run("update", "nobody", "--metadata", "{}", "--store", "s.db").status == 1)
    #expect(try folder.run("update", "7", "--metadata", "[]", "--store", "s.db").status == 2)

    #expect(try json("count", "--filter", #"{"n": {"$lt": 5}}"#) == ["count": 5])
    #expect(try folder.run("count", "--store", "s.db").output == "20\n")
    #expect(try json("delete", "--id", "0", "1", "nobody") == ["deleted": 2])
    #expect(try json("delete", "--filter", #"{"n": {"$gte": 10}}"#) == ["deleted": 10])
    #expect(try json("count") == ["count": 8])
    #expect(try folder.run("delete", "--store", "s.db").status == 2)
    let readOnly = try folder.run("delete", "--filter", "{}", "--store", "s.db", "--read-only")
    #expect(readOnly.status == 2)
    #expect(try json("delete", "--filter", "{}") == ["deleted": 8])
  }

  @Test("what is exported is what is imported; again it changes nothing")
  func transfer() throws {
    #expect(try folder.run("export", "out.jsonl", "--store", "s.db").status == 0)
    let imported = try folder.run("import", "out.jsonl", "--store", "t.db", "--embedder", "hashing:64", "--json")
    #expect(imported.output == #"{"added":20,"updated":0}"# + "\n")
    let again = try folder.run("export", "-", "--store", "t.db")
    #expect(again.output == (try folder.text("out.jsonl")))
    let second = try BuiltCommand.run(
      ["import", "-", "--store", "t.db", "--json"], in: folder, input: Array(again.output.utf8))
    #expect(second.output == #"{"added":0,"updated":20}"# + "\n")
    #expect(try folder.run("export", "-", "--store", "t.db", "--filter", #"{"n": 3}"#, "--no-vectors").lines.count == 1)
    // The store remembers its embedder, so that lines without vectors are embedded and texts can be asked.
    try folder.write(#"{"id": "new", "content": "an oak"}"#, as: "more.jsonl")
    #expect(try folder.run("import", "more.jsonl", "--store", "t.db").status == 0)
    let found = try folder.run("search", "an oak", "--store", "t.db", "-k", "1", "--json")
    #expect(try JSONValue(parsing: found.output)["id"] == "new")
  }

  @Test("an import that meets a wrong line says which, and how many are in the store")
  func brokenImport() throws {
    let lines = (0..<10).map { #"{"id": "i\#($0)", "content": "c", "embedding": [1, \#($0)]}"# }
    try folder.write(lines.joined(separator: "\n") + "\n{oops}\n", as: "bad.jsonl")
    let outcome = try folder.run("import", "bad.jsonl", "--store", "v.db", "--batch-size", "4")
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("line 11"))
    #expect(outcome.errors.contains("10 of its documents are in the store"))
    #expect(try folder.run("count", "--store", "v.db").output == "10\n")
    try folder.write(#"{"content": "no vector"}"#, as: "text.jsonl")
    let noEmbedder = try folder.run("import", "text.jsonl", "--store", "v.db")
    #expect(noEmbedder.status == 2 && noEmbedder.errors.contains("hashing:DIM"))
    #expect(try folder.run("import", "nothing.jsonl", "--store", "w.db").status == 1)
    #expect(!folder.exists("w.db"))
  }

  @Test("care: stats, verify, compact, backup, index")
  func care() throws {
    let stats = try json("stats")
    #expect(stats["count"] == 20 && stats["dimension"] == 64 && stats["embedder"] == "hashing:64")
    #expect(try json("verify")["clean"] == true)
    #expect(try json("index", "status")["state"] == "ready")
    #expect(try json("index", "drop")["state"] == "none")
    #expect(try json("index", "create", "--m", "8")["m"] == 8)
    #expect(try json("index", "rebuild")["state"] == "ready")
    #expect(try folder.run("index", "create", "--type", "tree", "--store", "s.db").status == 2)
    #expect(try json("compact")["bytes_after"]?.integerValue != nil)
    #expect(try json("backup", "copy.db")["backup"] == "copy.db")
    #expect(try folder.run("count", "--store", "copy.db").output == "20\n")
    #expect(try folder.run("backup", "copy.db", "--store", "s.db").status == 1)
    #expect(try json("delete", "--id", "3") == ["deleted": 1])
    #expect(try json("backup", "copy.db", "--overwrite")["backup"] == "copy.db")
    #expect(try folder.run("count", "--store", "copy.db").output == "19\n")
    for wrong in [["--lists", "5"], ["--type", "exact", "--m", "8"]] {
      #expect(try BuiltCommand.run(["index", "create", "--store", "s.db"] + wrong, in: folder).status == 2, "\(wrong)")
    }
  }

  @Test("neither an export nor a backup is written over the store, or an export over another")
  func selfDestruction() throws {
    try FileManager.default.createSymbolicLink(atPath: folder.path("link.db"), withDestinationPath: "s.db")
    for name in ["s.db", "link.db", folder.path("s.db")] {
      let export = try folder.run("export", name, "--store", "s.db")
      #expect(export.status == 1 && export.errors.contains("not written over"), "\(name)")
      #expect(try folder.run("backup", name, "--overwrite", "--store", "s.db").status == 2, "\(name)")
    }
    #expect(try folder.run("backup", "s.db-lock", "--overwrite", "--store", "s.db").status == 2)
    #expect(try json("verify")["clean"] == true)
    #expect(try folder.run("count", "--store", "s.db").output == "20\n")
    try folder.write("old", as: "old.jsonl")
    #expect(try folder.run("export", "old.jsonl", "--store", "s.db").status == 0)
    #expect(try folder.run("export", "-", "--store", "s.db").output == (try folder.text("old.jsonl")))
  }
}
