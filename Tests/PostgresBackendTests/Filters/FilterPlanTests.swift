// SPDX-License-Identifier: Apache-2.0

import PostgresBackend
import Testing
import VectorStoreCore

/// Conditions that indexes serve, sizes that must not break a query, and strings that must not become SQL.
@Suite struct FilterPlanTests {
  private static func table(_ json: String = "jsonb", rows: Int = 20_000) throws -> FilterTable {
    let connection = try PlainConnection()
    try connection.run(
      """
      CREATE TEMP TABLE t (id uuid PRIMARY KEY, content text NOT NULL, category text, year int, at timestamptz, meta \(json));
      INSERT INTO t SELECT gen_random_uuid(), 'text', 'c' || n % 1000, n % 2000, '2024-01-01'::timestamptz + n * interval '1 h',
        json_build_object('n', n, 's', 's' || n, 'list', json_build_array(n, 'x' || n)) FROM generate_series(1, \(rows)) AS n;
      """)
    let columns = FilterColumns(
      id: "id::text", idColumn: MetadataColumn(expression: "id", typeName: "uuid"), content: "content",
      json: .init(column: "meta", isBinary: json == "jsonb"),
      metadata: [("category", "text"), ("year", "integer"), ("at", "timestamptz")].map {
        (name: $0.0, column: MetadataColumn(expression: SQLText(stringLiteral: $0.0), typeName: $0.1))
      })
    return FilterTable(connection, columns: columns, documents: [])
  }

  @Test func indexesServeConditions() throws {
    let table = try Self.table()
    let schema = SQLIdentifier(known: "pg_temp")
    let name = SQLIdentifier(known: "t")
    for field in ["category", "year", "at", "s"] {
      let index = try #require(FilterIndex(for: Field(field), columns: table.columns, schema: schema, table: name))
      // An index is made in its table's schema, and a temporary one's has no name of ours.
      try table.connection.rows(index.definition)
      try table.connection.rows(index.definition)
    }
    try table.connection.run("ANALYZE t")
    let date = try #require(Timestamp(iso8601: "2024-01-01T05:00:00Z"))
    let filters: [Filter] = [
      Field("category") == "c5", Field("category").isIn(["c1", "c2"]), Field("year") == 5, Field("year") > 1998.5,
      Field("at") < date, Field("s") == "s5", Field("n") == 5, Field("n") == 0.1, Field("s").isIn(["s1", "s2", "s3"]),
      .contains(Field("list"), .string("x7")), .contains(Field("list"), .integer(7)),
      (Field("s") == "s5") || (Field("n") == 77), !(Field("category") != "c7"),
      Field.id == "00000000-0000-4000-8000-000000000000",
    ]
    for filter in filters {
      let condition = try FilterTranslator(columns: table.columns, serverVersion: table.serverVersion).condition(filter)
      let plan = try table.connection.texts("EXPLAIN SELECT id FROM t WHERE \(condition)").compactMap { $0 }
      #expect(
        plan.contains { $0.contains("Index") } && !plan.contains { $0.contains("Seq Scan") }, "\(filter): \(plan)")
    }
  }

  @Test(arguments: ["jsonb", "json"]) func longLists(json: String) throws {
    let table = try Self.table(json, rows: 4_000)
    #expect(try table.found(Field("s").isIn((0..<100_000).map { "s\($0 * 2)" })).count == 2_000)
    let strings = (0..<4_000).map { "s\($0 * 2)" }
    let integers = (0..<4_000).map { Int64($0) * 2 }
    #expect(try table.found(Field("s").isNotIn(strings)).count == 2_000)
    #expect(try table.found(Field("n").isIn(integers)).count == 2_000)
    #expect(try table.found(Field("n").isNotIn(integers)).count == 2_000)
    #expect(try table.found(Field("year").isIn(integers)).count == 2_000)
    #expect(try table.found(Field("category").isIn(strings + ["c1"])).count == 4)
    let large = (0..<4_000).map { Int64(1) << 60 + Int64($0) }
    #expect(try table.found(Field("n").isIn(large)).isEmpty)
    #expect(try table.found(Field("n").isNotIn(large)).count == 4_000)
  }

  @Test func deepFilters() throws {
    let table = try Self.table(rows: 300)
    var chain = Field("n") == 1
    for _ in 0..<5_000 { chain = .not(.and([chain])) }
    #expect(try table.found(chain).count == 1)
    var many = Field("n") == 0
    for number in 1..<3_000 { many = many || (Field("n") == number) }
    #expect(try table.found(many).count == 300)
    var mixed = Field("n") == 1
    for level in 0..<400 { mixed = level % 2 == 0 ? .or([mixed, Field("n") == 2]) : .and([mixed, Field("n") < 10]) }
    #expect(try table.found(mixed).count == 2)
    for level in 0..<2_000 { mixed = level % 2 == 0 ? .or([mixed, Field("n") == 2]) : .and([mixed, Field("n") < 10]) }
    #expect(throws: VectorStoreError.self) { try table.found(mixed) }
  }

  @Test(arguments: ["jsonb", "json"]) func nothingBecomesSQL(json: String) throws {
    let attacks = [
      "'; DROP TABLE t; --", "\"; DROP TABLE t; --", "') OR 1=1 --", "\\'; DROP TABLE t; --", "$1",
      "$$; DROP TABLE t; $$",
      "a'::jsonb OR TRUE --", "{\"a\":1}", "/*", "\u{0}", "\n;\n", "%s", "E'\\x00'", "\u{2019}", "?", ":a", "a\\", "'",
      "\"",
    ]
    let table = try FilterTable.json(
      json, attacks.filter { !$0.utf8.contains(0) }.map { JSONValue.object([$0: .string($0)]).description } + ["{}"])
    for name in attacks {
      for value in attacks {
        let field = Field(path: [name])
        try table.check(field == value)
        try table.check(field < value)
        try table.check(.like(field, LikePattern(value)))
        try table.check(.ilike(field, LikePattern(value)))
        try table.check(field.isIn([value, value + "x"]))
        try table.check(.contains(Field(path: [name, value]), .string(value)))
        try table.check(.exists(Field(path: [value, name]), true))
      }
    }
    #expect(try table.found(.all).count == table.documents.count)
  }
}
