// SPDX-License-Identifier: Apache-2.0

import PostgresBackend
import Testing
import VectorStoreCore
import VectorStoreTesting

/// Metadata columns of all types mean what is read from them.
@Suite struct MetadataColumnTests {
  private static let types: [(name: String, type: String, values: [String])] = [
    ("text", "text", AwkwardFilters.strings + AwkwardFilters.dates),
    ("varchar", "character varying(20)", AwkwardFilters.strings),
    ("char", "character(5)", ["a", "b", "ab", "2024-", ""]),
    ("bool", "boolean", ["true", "false"]),
    ("int2", "smallint", ["0", "1", "-2", "32767"]),
    ("int4", "integer", ["0", "1", "-1", "2020", "2147483647"]),
    (
      "int8", "bigint",
      ["0", "1", "9007199254740993", "9007199254740992", "9223372036854775807", "-9223372036854775808"]
    ),
    ("float4", "real", ["0", "0.1", "-0", "1e30", "2.5", "16777217", "NaN", "Infinity", "1e-45", "0.3"]),
    (
      "float8", "double precision",
      [
        "0", "-0", "0.1", "0.3", "0.30000000000000004", "1e23", "9007199254740993", "1e300", "NaN", "Infinity",
        "-Infinity", "5e-324", "1.7976931348623157e308", "2020", "1152921504606846976",
      ]
    ),
    (
      "numeric", "numeric",
      AwkwardFilters.numbers.filter { !$0.contains("400") && !$0.contains("324") } + ["NaN", "Infinity", "1.500"]
    ),
    (
      "timestamptz", "timestamp with time zone",
      [
        "2024-02-29 12:00+00", "2024-02-29 00:00+00", "infinity", "-infinity", "0044-03-15 00:00+00 BC",
        "12024-01-01 00:00+00", "0001-01-01 00:00+00", "9999-12-31 23:59:59.999999+00", "2024-02-29 12:00:00.5+00",
      ]
    ),
    ("timestamp", "timestamp(3) without time zone", ["2024-02-29 12:00", "2024-02-29", "infinity", "12024-01-01"]),
    ("date", "date", ["2024-02-29", "infinity", "0044-03-15 BC", "12024-01-01", "0001-01-01", "9999-12-31"]),
    (
      "uuid", "uuid", ["00000000-0000-0000-0000-000000000000", "c0ffee00-1234-4abc-8def-00000000000a"]
    ),
    ("tags", "text[]", ["{}", "{a,b}", "{a,NULL}", "{{a,b},{c,d}}", "{\"2024-02-29\"}", "{1}", "{\"\"}"]),
    ("ints", "integer[]", ["{}", "{1,2}", "{2020,NULL}"]),
    ("interval", "interval", ["1 day", "2 hours"]),
    ("jsonb", "jsonb", []),
    ("json", "json", []),
  ]

  @Test func columnsOfAllTypes() throws {
    let table = try Self.table()
    var generator = AwkwardFilters(random: SeededGenerator(11))
    for (name, _, values) in Self.types {
      for _ in 0..<FilterPropertyTests.filters / 10 {
        var field = Field(path: [name])
        if generator.random.oneIn(10) || name.hasPrefix("json") && !generator.random.oneIn(3) {
          field = Field(path: [name, generator.random.pick(AwkwardFilters.awkwardNames)])
        }
        try table.check(generator.leaf(field))
        // Values that the column may have.
        let wanted = values.filter { _ in generator.random.oneIn(2) }.flatMap(Self.filterValues)
        if let value = wanted.randomElement(using: &generator.random) {
          try table.check(.compare(field, generator.random.pick(Filter.Comparison.allCases), value))
          try table.check(.in(field, wanted))
          try table.check(.contains(field, value))
          let kind = String(describing: value).prefix(4)
          try table.check(.notIn(field, wanted.filter { String(describing: $0).prefix(4) == kind }))
        }
      }
    }
    generator.names = Self.types.map(\.name) + ["a", "b"]
    for _ in 0..<FilterPropertyTests.filters { try table.check(generator.filter(depth: 3)) }
  }

  /// Whatever may be meant by a text.
  private static func filterValues(_ text: String) -> [FilterValue] {
    var values: [FilterValue] = [.string(text)]
    if let number = JSONNumber.value(of: text) { values.append(AwkwardFilters.filterNumber(number)) }
    if let date = Timestamp(iso8601: text) { values.append(.date(date)) }
    if let date = Timestamp(iso8601: text.replacing(" ", with: "T", maxReplacements: 1)) { values.append(.date(date)) }
    if text == "true" { values.append(.bool(true)) }
    return values
  }

  private static func table() throws -> FilterTable {
    let connection = try PlainConnection()
    try connection.run("SET TimeZone = 'Asia/Shanghai'; SET DateStyle = 'SQL, DMY'")
    let columns = types.map { "\"\($0.name)\" \($0.type)" }.joined(separator: ", ")
    try connection.run("CREATE TEMP TABLE t (id uuid PRIMARY KEY, content text NOT NULL, \(columns), meta jsonb)")
    var generator = AwkwardFilters(random: SeededGenerator(12))
    for row in 0..<120 {
      var names: [SQLText] = ["id", "content", "meta"]
      let id = "00000000-0000-4000-8000-00000000" + String(1000 + row)
      var meta = JSONObject([(key: "text", value: "hidden"), (key: "a", value: .integer(Int64(row)))])
      meta["float8"] = 1
      var values: [SQLText] = [
        "\(bind: .text(id))::uuid", "\(bind: .text(generator.string()))",
        "\(bind: .jsonb(JSONValue.object(meta).description))",
      ]
      for (name, type, pool) in types where !generator.random.oneIn(6) {
        names.append("\(try SQLIdentifier(name))")
        let text = pool.isEmpty ? generator.valueText() : generator.random.pick(pool)
        let isValid = try connection.texts(
          "SELECT pg_input_is_valid(\(bind: .text(text)), \(bind: .text(type)))")
        values.append(
          isValid == ["t"] ? "\(bind: .text(text))::text::\(SQLText(stringLiteral: type))" : "NULL")
      }
      try connection.rows("INSERT INTO t (\(names.joined(by: ", "))) VALUES (\(values.joined(by: ", ")))")
    }
    let metadata = try types.map { name, type, _ in
      (name: name, column: MetadataColumn(expression: "\(try SQLIdentifier(name))", typeName: type))
    }
    let filterColumns = FilterColumns(
      id: "id::text", idColumn: MetadataColumn(expression: "id", typeName: "uuid"), content: "content",
      json: .init(column: "meta", isBinary: true), metadata: metadata)
    let selected = metadata.map(\.column.jsonText).joined(by: ", ")
    let documents = try connection.rows("SELECT id::text, content, meta::text, \(selected) FROM t").map { row in
      let texts = row.map { $0.map { String(decoding: $0, as: UTF8.self) } }
      var members = try JSONValue(parsing: texts[2] ?? "{}").objectValue ?? [:]
      for (place, member) in metadata.enumerated() {
        members[member.name] = try texts[3 + place].map { try member.column.value(ofJSONText: $0) } ?? .null
      }
      return Document(id: texts[0], content: texts[1] ?? "", metadata: members)
    }
    return FilterTable(connection, columns: filterColumns, documents: documents)
  }

  /// Doubles are read as they are, whatever decimal the server writes.
  @Test func doublesAreReadExactly() throws {
    let connection = try PlainConnection()
    var random = SeededGenerator(13)
    let doubles =
      (0..<5_000).map { _ in Double(bitPattern: random.next()) }.filter(\.isFinite) + [
        1e23, .leastNonzeroMagnitude, -0.0,
      ]
    for type in ["double precision", "real"] {
      let column = MetadataColumn(expression: "x", typeName: type)
      let values = type == "real" ? doubles.map { Double(Float($0)) }.filter(\.isFinite) : doubles
      let texts = try connection.texts(
        "SELECT \(column.jsonText) FROM (SELECT unnest(\(bind: .float8s(values)))::\(SQLText(stringLiteral: type)) AS x) AS s"
      )
      for (text, value) in zip(texts, values) {
        let read = try text.map { try column.value(ofJSONText: $0) }
        guard case .double(let double) = read else {
          Issue.record("\(value) was read as \(String(describing: read))")
          continue
        }
        #expect(type == "real" ? Float(double) == Float(value) : double.bitPattern == value.bitPattern)
      }
    }
  }
}
