// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

enum KeywordCases {
  static let all = [
    ConformanceCase("keywords find words, whatever their case and accents") { session in
      let backend = try await session.open()
      try await backend.add(documents)
      let expectations: [(query: String, ids: [String])] = [
        ("index", ["graph", "pages"]), ("INDEX", ["graph", "pages"]), ("Café", ["coffee"]), ("cafe", ["coffee"]),
        ("CAFE\u{301}", ["coffee"]), ("strasse", []), ("nowhere", []), ("hnsw", ["graph"]), ("2024", ["coffee"]),
        ("ind", []),
      ]
      for (query, ids) in expectations { try await check(query, ids, backend) }
    },
    ConformanceCase("keywords find Chinese and Japanese words") { session in
      let backend = try await session.open()
      try await backend.add(documents)
      for (query, ids) in [
        ("向量", ["chinese"]), ("扩展", ["chinese"]), ("pgvector", ["chinese"]), ("検索", ["japanese"]),
        ("ベクトル", ["japanese"]), ("数据", ["chinese2"]), ("量扩", ["chinese"]), ("库量", []),
      ] { try await check(query, ids, backend) }
      let mixed = try await backend.candidates(Sample.keywords("如何使用 pgvector 向量？")).keywords
      try expectEqual(mixed.first?.record.id, "chinese", "a question of several words")
    },
    ConformanceCase("any word may match, and more is better") { session in
      let backend = try await session.open()
      try await backend.add(documents)
      let found = try await backend.candidates(Sample.keywords("how does an index of a book work")).keywords
      try expectEqual(found.first?.record.id, "pages", "the best of several words")
      try expect(found.contains { $0.record.id == "graph" }, "a document with one of the words is not found")
      try expect(zip(found, found.dropFirst()).allSatisfy { $0.value >= $1.value }, "the scores are not in order")
      let one = try await backend.candidates(Sample.keywords("how does an index of a book work", 1)).keywords
      try expectEqual(one.map { $0.record.id }, ["pages"], "the best one")
    },
    ConformanceCase("quotes make phrases, a minus excludes") { session in
      let backend = try await session.open()
      try await backend.add(documents)
      try await check("\"graph index\"", ["graph"], backend)
      try await check("\"index graph\"", [], backend)
      try await check("index -book", ["graph"], backend)
      try await check("index -graph -book", [], backend)
      try await check("\"向量扩展\"", ["chinese"], backend)
    },
    ConformanceCase("no text of a query is an error") { session in
      let backend = try await session.open()
      try await backend.add(documents)
      for query in [
        "", " ", "\"", "\"\"", "\" OR ( NEAR", "a AND", "NOT", "(", ")", "*", "in*", "^index", "content:index", "a:b",
        "{",
        "+ -", "-", "--", "-\"", "?!…。、", "NEAR(a b, 5)", "a\u{0}b", "\\", "'", "''; DROP TABLE vectors", "%", "&", "|",
        "!", "<->", "a <-> b", ":*", "index:*", "🙂", "\u{301}", "\u{FEFF}", String(repeating: "word ", count: 3_000),
        String(repeating: "x", count: 20_000), String(repeating: "向", count: 5_000),
      ] {
        let found = try await backend.candidates(Sample.keywords(query)).keywords
        try expect(found.count <= documents.count, "more than there is for \(query.prefix(30))")
      }
      for query in ["", " ", "?!…。、", "\"", "-", "+ -"] { try await check(query, [], backend) }
      let found = try await backend.candidates(Sample.keywords("AND ( NEAR book* OR")).keywords
      try expectEqual(found.first?.record.id, "pages", "a word beside syntax")
    },
    ConformanceCase("keywords keep to the filter") { session in
      let backend = try await session.open()
      try await backend.add(
        (0..<200).map { Sample.record("id \($0)", "common word \($0)", ["n": .integer(Int64($0))]) })
      let found = try await backend.candidates(Sample.keywords("common", 10, filter: Field("n") >= 190)).keywords
      try expectEqual(found.count, 10, "how many were found")
      try expect(found.allSatisfy { ($0.record.metadata["n"]?.integerValue ?? 0) >= 190 }, "a hit that does not match")
      let some = try await backend.candidates(Sample.keywords("common", 7)).keywords
      try expectEqual(some.count, 7, "how many were found")
    },
    ConformanceCase("keywords follow changes") { session in
      let backend = try await session.open()
      try await backend.add([Sample.record("a", "alpha"), Sample.record("b", "beta")])
      try await backend.add([Sample.record("a", "gamma")])
      try await backend.delete(["b"])
      try await check("alpha", [], backend)
      try await check("beta", [], backend)
      try await check("gamma", ["a"], backend)
    },
    ConformanceCase("a collection without keywords says so") { session in
      let backend = try await session.open(OpenOptions(space: Sample.space(), keywords: false))
      try await backend.add(documents)
      try await expectError(.unsupported, what: "a keyword search") {
        _ = try await backend.candidates(Sample.keywords("index"))
      }
      try expectEqual(
        try await backend.candidates(Sample.nearest(Sample.axis(0), 2)).nearest.count, 2, "found by vector")
    },
  ]

  private static let documents = [
    Sample.record("graph", "HNSW is a graph index."),
    Sample.record("pages", "The index of a book lists pages; a good book has one."),
    Sample.record("coffee", "The caf\u{E9} opened in 2024"),
    Sample.record("chinese", "pgvector 向量扩展"),
    Sample.record("chinese2", "数据库支持全文"),
    Sample.record("japanese", "ベクトル検索エンジン"),
    Sample.record("empty", ""),
  ]

  private static func check(_ query: String, _ ids: [String], _ backend: any VectorStoreBackend) async throws {
    let found = try await backend.candidates(Sample.keywords(query)).keywords
    try expectEqual(found.map { $0.record.id }.sorted(), ids.sorted(), "found by '\(query)'")
  }
}
