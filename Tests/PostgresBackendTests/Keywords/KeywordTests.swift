// SPDX-License-Identifier: Apache-2.0

import PostgresBackend
import Testing
import VectorStoreCore

/// Keyword search by SQL, as the conformance suite expects it of backends.
@Suite struct KeywordTests {
  private static let documents: [(id: String, content: String)] = [
    ("graph", "HNSW is a graph index."),
    ("pages", "The index of a book lists pages; a good book has one."),
    ("coffee", "The caf\u{E9} opened in 2024"),
    ("chinese", "pgvector 向量扩展"),
    ("chinese2", "数据库支持全文"),
    ("japanese", "ベクトル検索エンジン"),
    ("dots", "see a.example.com/path?x=1, e-mail me@example.org, don't"),
    ("korean", "한국어 검색"),
    ("empty", ""),
  ]

  /// A database of this name and locale; the server's own for nil.
  private static func connection(_ locale: String?) throws -> PlainConnection {
    guard let locale else { return try PlainConnection() }
    let name = "vectorstore_keywords_\(locale.lowercased())"
    let server = try PlainConnection()
    // Tests run beside each other; the lock ends with the connection.
    try server.run("SELECT pg_advisory_lock(7134650922)")
    if try server.texts("SELECT datname FROM pg_database WHERE datname = \(bind: .text(name))").isEmpty {
      try server.run(
        "CREATE DATABASE \(name) TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE '\(locale)' LC_CTYPE '\(locale)'")
    }
    return try PlainConnection(database: name)
  }

  private static func table(_ locale: String?) throws -> PlainConnection {
    let connection = try connection(locale)
    try connection.run("CREATE TEMP TABLE t (id text PRIMARY KEY, content text NOT NULL, tsv tsvector NOT NULL)")
    let trigger = KeywordTrigger(
      schema: SQLIdentifier(known: "pg_temp"), table: SQLIdentifier(known: "t"), column: SQLIdentifier(known: "tsv"),
      content: SQLIdentifier(known: "content"), configuration: .simple)
    for statement in trigger.definition + trigger.definition { try connection.rows(statement) }
    for (id, content) in documents {
      try connection.rows("INSERT INTO t (id, content) VALUES (\(bind: .text(id)), \(bind: .text(content)))")
    }
    return connection
  }

  private static func find(
    _ text: String, _ connection: PlainConnection, _ configuration: KeywordConfiguration = .simple,
    vector: SQLText = "tsv"
  ) throws -> [String] {
    guard let query = KeywordQuery(text, configuration) else { return [] }
    return try connection.texts(
      "SELECT id FROM t WHERE \(query.condition(vector)) ORDER BY \(query.score(vector)) DESC, id"
    ).compactMap { $0 }
  }

  @Test(arguments: [nil, "C"]) func wordsAreFound(locale: String?) throws {
    let connection = try Self.table(locale)
    let expectations: [(query: String, ids: [String])] = [
      ("index", ["graph", "pages"]), ("INDEX", ["graph", "pages"]), ("Café", ["coffee"]), ("cafe", ["coffee"]),
      ("CAFE\u{301}", ["coffee"]), ("CAFÉ", ["coffee"]), ("strasse", []), ("nowhere", []), ("hnsw", ["graph"]),
      ("2024", ["coffee"]), ("ind", []), ("向量", ["chinese"]), ("扩展", ["chinese"]), ("pgvector", ["chinese"]),
      ("検索", ["japanese"]), ("ベクトル", ["japanese"]), ("数据", ["chinese2"]), ("量扩", ["chinese"]), ("库量", []),
      ("\"graph index\"", ["graph"]), ("\"index graph\"", []), ("index -book", ["graph"]), ("index -graph -book", []),
      ("\"向量扩展\"", ["chinese"]), ("\"量展\"", []), ("向", ["chinese"]), ("example", ["dots"]), ("path", ["dots"]),
      ("mail", ["dots"]), ("don't", ["dots"]), ("검색", ["korean"]), ("エンジン -検索", []), ("\"pgvector 向量\"", ["chinese"]),
      ("pgvector向量", ["chinese"]), ("index -\"good book\"", ["graph"]), ("AND ( NEAR book* OR", ["pages"]),
      ("\"graph index\" book", ["graph"]), ("", []), (" ", []), ("?!…。、", []), ("\"", []), ("-", []), ("+ -", []),
      ("-graph", []),
    ]
    for (query, ids) in expectations {
      #expect(try Self.find(query, connection).sorted() == ids.sorted(), "\(query)")
    }
  }

  @Test(arguments: [nil, "C"]) func moreIsBetter(locale: String?) throws {
    let connection = try Self.table(locale)
    let found = try Self.find("how does an index of a book work", connection)
    #expect(found.first == "pages" && found.contains("graph"))
    #expect(try Self.find("如何使用 pgvector 向量？", connection).first == "chinese")
    // Both words once before one word often.
    try connection.run(
      "INSERT INTO t VALUES ('often', 'alpha alpha alpha alpha alpha'), ('both', 'alpha, far from it, beta')")
    #expect(try Self.find("alpha beta", connection) == ["both", "often"])
  }

  @Test(arguments: [nil, "C"]) func noTextIsAnError(locale: String?) throws {
    let connection = try Self.table(locale)
    let plain = try KeywordConfiguration("pg_catalog.english", form: .plain)
    var queries: [String] = [
      "\"\"", "\" OR ( NEAR", "a AND", "NOT", "(", ")", "*", "in*", "^index", "content:index", "a:b", "{", "--", "-\"",
      "NEAR(a b, 5)", "a\u{0}b", "\\", "'", "''; DROP TABLE vectors", "%", "&", "|", "!", "<->", "a <-> b", ":*",
      "index:*",
      "🙂", "\u{301}", "\u{FEFF}", "\\'", "'\\", "a'b\\c", "\"the\" the", "the of", "\u{344}", "\u{1FEF}", "\u{37E}",
      "क़\u{93C}",
    ]
    let repeated: [(text: String, count: Int)] = [
      ("word ", 3_000), ("x", 20_000), ("x", 2_046), ("x", 2_047), ("क़", 227), ("İ", 341), ("\u{1D160}", 170),
      ("向", 5_000),
    ]
    for (text, count) in repeated {
      let long = String(repeating: text, count: count)
      queries += [long, "\"\(long)\"", "index -\(long)"]
    }
    let words: [String] = (0..<20_000).map { "w\($0)" }
    let many = words.joined(separator: " ")
    queries += [many, "\"\(many)\"", words.map { "-\($0)" }.joined(separator: " ") + " index"]
    let ideographs: [Unicode.Scalar] = (UInt32(0x4E00)..<0x9FFF).compactMap(Unicode.Scalar.init)
    queries.append(String(String.UnicodeScalarView(ideographs)))
    let scalars: [Unicode.Scalar] = (UInt32(1)..<0x300).compactMap(Unicode.Scalar.init)
    queries += scalars.map { "a\($0)b \($0)" }
    for query in queries {
      #expect(throws: Never.self, "\(query.prefix(40))") {
        _ = try Self.find(query, connection)
        _ = try Self.find(query, connection, plain, vector: "to_tsvector('english', content)")
      }
    }
  }

  @Test func plainColumnsAreAskedAsPythonFillsThem() throws {
    let connection = try Self.table(nil)
    let english = try KeywordConfiguration("pg_catalog.english", form: .plain)
    let vector = KeywordText.vector(of: "content", english)
    #expect(try Self.find("books", connection, english, vector: vector) == ["pages"])
    #expect(try Self.find("the indexes of", connection, english, vector: vector).sorted() == ["graph", "pages"])
    #expect(try Self.find("a.example.com", connection, english, vector: vector) == ["dots"])
    #expect(try Self.find("\"good books\"", connection, english, vector: vector) == ["pages"])
    #expect(try Self.find("index -books", connection, english, vector: vector) == ["graph"])
    #expect(try Self.find("向量扩展", connection, english, vector: vector) == ["chinese"])
  }

  @Test(arguments: [nil, "C"]) func theTextIsIndexable(locale: String?) throws {
    let connection = try Self.table(locale)
    let vector = KeywordText.vector(of: "content", .simple)
    try connection.rows("CREATE INDEX words ON t USING gin ((\(vector)))")
    try connection.rows("CREATE TEMP TABLE g (content text, tsv tsvector GENERATED ALWAYS AS (\(vector)) STORED)")
    try connection.rows("INSERT INTO g (content) SELECT content FROM t")
    let same = try connection.texts("SELECT bool_and(g.tsv = t.tsv) FROM g JOIN t USING (content)")
    #expect(same == ["t"])
    // More than a tsvector holds.
    let long = (0..<200_000).map { "word\($0)" }.joined(separator: " ")
    try connection.rows("INSERT INTO t (id, content) VALUES ('long', \(bind: .text(long)))")
    #expect(try Self.find("word77", connection) == ["long"])
    try connection.rows(
      "INSERT INTO t (id, content) VALUES ('marks', \(bind: .text(String(repeating: "が向é ", count: 80_000))))")
    #expect(try Self.find("が向", connection) == ["marks"])
  }

  @Test func theTriggerTakesBothKindsOfWriters() throws {
    let connection = try Self.table(nil)
    let upsert: SQLText = """
      INSERT INTO t VALUES ('w', 'alpha', to_tsvector('english', 'other')) ON CONFLICT (id) DO UPDATE \
      SET content = 'beta', tsv = EXCLUDED.tsv
      """
    try connection.rows(upsert)
    #expect(try Self.find("alpha", connection) == ["w"])
    try connection.rows(upsert)
    #expect(try Self.find("alpha", connection).isEmpty)
    #expect(try Self.find("beta", connection) == ["w"])
    try connection.run("UPDATE t SET content = 'gamma' WHERE id = 'w'")
    #expect(try Self.find("gamma", connection) == ["w"])
  }

  @Test func awkwardNames() throws {
    let connection = try PlainConnection()
    let schema = SQLIdentifier(known: "vs \"s'$body$\\")
    let table = try SQLIdentifier(String(repeating: "表", count: 21))
    let column = try SQLIdentifier("t\"s'v$$\\")
    let content = try SQLIdentifier("'; DROP--")
    let trigger = KeywordTrigger(
      schema: schema, table: table, column: column, content: content,
      configuration: try KeywordConfiguration("simple", form: .folded))
    #expect(trigger.name.name.utf8.count <= SQLIdentifier.byteLimit)
    try connection.run("BEGIN")
    try connection.rows("CREATE SCHEMA \(schema)")
    try connection.rows("CREATE TABLE \(schema).\(table) (\(content) text, \(column) tsvector)")
    for statement in trigger.definition { try connection.rows(statement) }
    try connection.rows(trigger.index(.derived(from: [table.name, column.name], suffix: "idx")))
    try connection.rows("INSERT INTO \(schema).\(table) (\(content)) VALUES ('é')")
    #expect(try connection.texts("SELECT \(column) FROM \(schema).\(table)") == ["'e':1"])
    for statement in trigger.removal { try connection.rows(statement) }
    try connection.run("ROLLBACK")
    #expect(throws: VectorStoreError.self) { try KeywordConfiguration("a.b.c", form: .plain) }
    #expect(throws: VectorStoreError.self) { try KeywordConfiguration("", form: .plain) }
    let attack = try KeywordConfiguration("simple'::regconfig); DROP TABLE t; --", form: .plain)
    #expect(throws: PlainConnection.Failure.self) {
      try connection.rows("SELECT \(KeywordText.vector(of: "'a'", attack))")
    }
  }
}
