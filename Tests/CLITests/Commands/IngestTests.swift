// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import VectorStoreCore

@Suite("ingest keeps a store in step with files")
struct IngestTests {
  @Test("the second time everything is skipped; edits, renames and deletions are followed")
  func followsFiles() throws {
    let folder = try TemporaryFolder()
    try folder.write("# A\n\nabout whales\n\n## B\n\nabout krill", as: "docs/a.md")
    try folder.write("about otters", as: "docs/sub/b.txt")
    try folder.write("not to be read", as: "docs/.hidden/c.txt")
    #expect(try folder.ingest("docs") == Counts(3))
    #expect(try folder.ingest("docs") == Counts(skipped: 3))
    #expect(try folder.ingest("./docs//") == Counts(skipped: 3))

    try folder.write("# A\n\nabout whales\n\n## B\n\nabout squid", as: "docs/a.md")
    #expect(try folder.ingest("docs") == Counts(updated: 1, skipped: 2))
    try folder.write("# A\n\nabout whales", as: "docs/a.md")
    #expect(try folder.ingest("docs", "--cleanup", "none") == Counts(skipped: 2))
    #expect(try folder.ingest("docs") == Counts(skipped: 2, deleted: 1))

    try folder.remove("docs/sub/b.txt")
    #expect(try folder.ingest("docs") == Counts(skipped: 1))
    #expect(try folder.ingest("docs", "--cleanup", "full", "--dry-run") == Counts(skipped: 1, deleted: 1))
    #expect(try folder.ingest("docs", "--cleanup", "full") == Counts(skipped: 1, deleted: 1))
    #expect(try folder.documents().count == 1)
  }

  @Test("broken files are named, keep what the store has of them, and end with exit code 3")
  func brokenFiles() throws {
    let folder = try TemporaryFolder()
    try folder.write("good", as: "docs/a.txt")
    try folder.write(#"{"id":"1","content":"one"}"# + "\n", as: "docs/b.jsonl")
    #expect(try folder.ingest("docs") == Counts(2))
    try folder.write(#"{"id":"1","content":"one"}"# + "\n{oops\n", as: "docs/b.jsonl")
    try folder.write([0x63, 0x61, 0x66, 0xE9], as: "docs/latin.txt")
    try folder.write(Array(0...255), as: "docs/binary.txt")
    #expect(try folder.ingest("docs", "--cleanup", "full") == Counts(skipped: 1, failed: 3, status: 3))
    #expect(try folder.documents().count == 2)

    let outcome = try folder.run("ingest", "docs", "nowhere", "--store", "s.db")
    #expect(outcome.status == 3)
    #expect(outcome.errors.contains("docs/b.jsonl: line 2: "))
    #expect(outcome.errors.contains("docs/latin.txt: it is not UTF-8 (byte 3)"))
    #expect(outcome.errors.contains("nowhere: there is no such file or folder"))
    #expect(outcome.output.contains("4 could not be read"))
  }

  @Test("a full cleanup deletes nothing it could not see")
  func cautiousCleanup() throws {
    let folder = try TemporaryFolder()
    try folder.write("one", as: "a/1.txt")
    try folder.write("two", as: "b/2.txt")
    #expect(try folder.ingest("a", "b") == Counts(2))
    try folder.remove("b")
    #expect(try folder.ingest("a", "b", "--cleanup", "full") == Counts(skipped: 1, failed: 1, status: 3))
    #expect(try folder.documents().count == 2)
    try folder.write("x", as: "empty/.keep")
    let outcome = try folder.run("ingest", "empty", "--store", "s.db", "--cleanup", "full")
    #expect(outcome.status == 1)
    #expect(try folder.documents().count == 2)
  }

  @Test("standard input is a source of its own")
  func standardInput() throws {
    let folder = try TemporaryFolder()
    let arguments = ["--store", "s.db", "--embedder", "hashing:64", "--stdin-format", "md", "--stdin-source", "notes"]
    let outcome = try BuiltCommand.run(["ingest", "-"] + arguments, in: folder, input: Array("# T\n\ntext".utf8))
    #expect(outcome.status == 0)
    let document = try #require(try folder.documents().first)
    #expect(document["id"]?.stringValue == "notes#0")
    #expect(document["metadata"]?["heading_path"] == ["T"])
  }

  @Test("a cache of embeddings is made and used by several stores")
  func embeddingCache() throws {
    let folder = try TemporaryFolder()
    try folder.write("text", as: "a.txt")
    #expect(try folder.ingest("a.txt", "--embedding-cache", "vectors.cache") == Counts(1))
    #expect(folder.exists("vectors.cache"))
    let other = try folder.run(
      "ingest", "a.txt", "--store", "t.db", "--embedder", "hashing:64", "--embedding-cache", "vectors.cache")
    #expect(other.status == 0, "\(other.errors)")
    let vectors = try ["s.db", "t.db"].map { store in
      try folder.run("get", "a.txt#0", "--vectors", "--json", "--store", store).output
    }
    #expect(!vectors[0].isEmpty && vectors[0] == vectors[1])
    #expect(try folder.run("ingest", "a.txt", "--store", "s.db", "--embedding-cache", "a.txt").status == 1)
  }

  @Test("a dry run makes no store")
  func dryRun() throws {
    let folder = try TemporaryFolder()
    try folder.write("text", as: "a.txt")
    #expect(try folder.ingest("a.txt", "--dry-run") == Counts(1))
    #expect(try Counts(folder.run("ingest", "a.txt", "--store", "s.db", "--dry-run", "--json")) == Counts(1))
    #expect(!folder.exists("s.db"))
  }

  @Test("without an embedder nothing is made, and the choices are listed")
  func withoutEmbedder() throws {
    let folder = try TemporaryFolder()
    try folder.write("text", as: "a.txt")
    let outcome = try folder.run("ingest", "a.txt", "--store", "s.db")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("hashing:DIM") && outcome.errors.contains("openai:MODEL"))
    #expect(!folder.exists("s.db"))
    for name in ["openai:x", "hashing:x", "hashing:0", "nonsense"] {
      #expect(try folder.run("ingest", "a.txt", "--store", "s.db", "--embedder", name).status == 2)
    }
    #expect(!folder.exists("s.db"))
  }

  @Test("another embedder than the store's is refused")
  func anotherEmbedder() throws {
    let folder = try TemporaryFolder()
    try folder.write("text", as: "a.txt")
    _ = try folder.ingest("a.txt")
    let outcome = try folder.run("ingest", "a.txt", "--store", "s.db", "--embedder", "hashing:32")
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("64") && outcome.errors.contains("32"))
  }

  @Test("names and texts of all scripts; loops of links")
  func unicode() throws {
    let folder = try TemporaryFolder()
    try folder.write("# 向量\n\npgvector 向量扩展可以存储向量。", as: "文档 ü/说明.md")
    try folder.write("🐳 whale", as: "文档 ü/e\u{301}.txt")
    try FileManager.default.createSymbolicLink(atPath: folder.path("文档 ü/loop"), withDestinationPath: ".")
    #expect(try folder.ingest("文档 ü") == Counts(2))
    let sources = try folder.documents().compactMap { $0["metadata"]?["source"]?.stringValue }
    #expect(Set(sources.map { Array($0.utf8) }) == [Array("文档 ü/说明.md".utf8), Array("文档 ü/e\u{301}.txt".utf8)])
  }

  @Test("patterns pick files")
  func patterns() throws {
    let folder = try TemporaryFolder()
    for name in ["a.md", "b.txt", "sub/c.md", "sub/deep/d.swift", "sub/deep/e.MD"] {
      try folder.write("text of \(name)", as: "d/\(name)")
    }
    func sources(_ patterns: String...) throws -> [String] {
      let store = UUID().uuidString
      let globs = patterns.flatMap { ["--glob", $0] }
      _ = try BuiltCommand.run(
        ["ingest", "d", "--store", store, "--embedder", "hashing:8"] + globs, in: folder)
      return try folder.run("get", "--filter", "{}", "--store", store, "--json").lines.map { line in
        String((try JSONValue(parsing: line)["metadata"]?["source"]?.stringValue ?? "").dropFirst(2))
      }
    }
    #expect(try sources() == ["a.md", "b.txt", "sub/c.md", "sub/deep/e.MD"])
    #expect(try sources("**/*.md") == ["a.md", "sub/c.md"])
    #expect(try sources("*.{txt,swift}") == ["b.txt", "sub/deep/d.swift"])
    #expect(try sources("sub/*") == ["sub/c.md"])
    #expect(try sources("sub/**/[d-e].*", "?.txt") == ["b.txt", "sub/deep/d.swift", "sub/deep/e.MD"])
  }
}
