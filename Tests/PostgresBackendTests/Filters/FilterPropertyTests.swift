// SPDX-License-Identifier: Apache-2.0

import PostgresBackend
import Testing
import VectorStoreCore
import VectorStoreTesting

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Filters in SQL are true exactly where the definition is, row by row.
@Suite struct FilterPropertyTests {
  /// How many filters each test runs, each with its opposite.
  static let filters = getenv("VECTORSTORE_TEST_FILTERS").flatMap { Int(String(cString: $0)) } ?? 200

  private static func texts(_ generator: inout AwkwardFilters, _ count: Int = 300) -> [String] {
    (0..<count).map { _ in generator.objectText() } + ["null", "[]", "\"a\"", "1", "[{\"a\": 1}]", "{}"]
  }

  @Test(arguments: [false, true]) func jsonb(withIndex: Bool) throws {
    var generator = AwkwardFilters(random: SeededGenerator(withIndex ? 1 : 2))
    let table = try FilterTable.json("jsonb", Self.texts(&generator))
    if withIndex {
      try table.connection.run("CREATE INDEX ON t USING gin (meta jsonb_path_ops); SET enable_seqscan = off")
    }
    for _ in 0..<Self.filters { try table.check(generator.filter(depth: 2)) }
  }

  @Test(arguments: [nil, 150_000]) func json(serverVersion: Int?) throws {
    var generator = AwkwardFilters(random: SeededGenerator(3), isRaw: true)
    let texts = Self.texts(&generator) + [#"{"a": "\ud800"}"#, #"{"a": "\udc00\ud800", "b": 1}"#]
    let table = try FilterTable.json("json", texts, serverVersion: serverVersion)
    for _ in 0..<Self.filters {
      let filter = generator.filter(depth: 2)
      // What older servers might not convert is left out there.
      if serverVersion == nil { try table.check(filter) } else { _ = try table.found(filter) }
    }
  }

  @Test func oldServersConvertWhatIsPlain() throws {
    var generator = AwkwardFilters(random: SeededGenerator(4))
    let table = try FilterTable.json("json", Self.texts(&generator), serverVersion: 150_000)
    for _ in 0..<Self.filters { try table.check(generator.filter(depth: 2)) }
  }

  @Test func theCommonGeneratorsFilters() throws {
    var random = SeededGenerator(5)
    let texts = try (0..<300).map { _ in try JSONValue.object(random.metadata()).serialized() }
    for type in ["jsonb", "json"] {
      let table = try FilterTable.json(type, texts)
      for _ in 0..<Self.filters / 2 { try table.check(random.filter(depth: 3)) }
    }
  }

  /// Each number against each in every way.
  @Test(arguments: ["jsonb", "json"]) func numbers(type: String) throws {
    let table = try FilterTable.json(type, AwkwardFilters.numbers.map { #"{"a": \#($0), "b": ["x", \#($0)]}"# })
    for literal in AwkwardFilters.numbers {
      let value = AwkwardFilters.filterNumber(JSONNumber.value(of: literal) ?? .null)
      for comparison in Filter.Comparison.allCases { try table.check(.compare(Field("a"), comparison, value)) }
      try table.check(.in(Field("a"), [value]))
      try table.check(.contains(Field("b"), value))
    }
    let all = AwkwardFilters.numbers.map { AwkwardFilters.filterNumber(JSONNumber.value(of: $0) ?? .null) }
    for start in 0..<all.count { try table.check(.in(Field("a"), Array(all[start...].prefix(5)))) }
    let beyond = ["1e131071", "1e131072", "-1e131072", "1e999999999999", "1e-16383", "1e-16384", "-3e-99999", "0e999"]
    for literal in beyond {
      let value = AwkwardFilters.filterNumber(JSONNumber.value(of: literal) ?? .null)
      for comparison in Filter.Comparison.allCases { try table.check(.compare(Field("a"), comparison, value)) }
      try table.check(.in(Field("a"), [value, .integer(1)]))
    }
  }

  /// Each text against each date.
  @Test(arguments: ["jsonb", "json"]) func dates(type: String) throws {
    let texts = AwkwardFilters.dates.map { JSONValue.object(["a": .string($0), "b": [.string($0)]]).description }
    let table = try FilterTable.json(type, texts)
    for date in AwkwardFilters.dates.compactMap({ Timestamp(iso8601: $0) }) {
      for comparison in Filter.Comparison.allCases { try table.check(.compare(Field("a"), comparison, .date(date))) }
      try table.check(.contains(Field("b"), .date(date)))
      try table.check(.in(Field("a"), [.date(date), .string("2024-02-30")]))
    }
  }

  /// Every day around a year 1900, which has no leap day, and days that are none.
  @Test func calendar() throws {
    let days = (1_896..<1_906).flatMap { year in
      (0...13).flatMap { month in
        [0, 1, 28, 29, 30, 31, 32].map { "\(year)-\(month < 10 ? "0" : "")\(month)-\($0 < 10 ? "0" : "")\($0)" }
      }
    }
    let table = try FilterTable.json("jsonb", days.map { #"{"a": "\#($0)"}"# })
    for year in stride(from: 1_896, to: 1_906, by: 3) {
      guard let start = Timestamp(iso8601: "\(year)-03-01") else { continue }
      try table.check(.compare(Field("a"), .less, .date(start)))
      try table.check(.compare(Field("a"), .equal, .date(start)))
    }
  }

  /// Every scalar that folds to another one, against what it folds to and its neighbours.
  @Test func caseOfAllScalars() throws {
    let scalars = (UInt32(1)...0x1FFFF).compactMap(Unicode.Scalar.init).filter {
      $0.properties.changesWhenLowercased || $0.properties.changesWhenUppercased
    }
    let texts = scalars.map { JSONValue.object(["a": .string(String($0))]).description }
    let table = try FilterTable.json("jsonb", texts)
    let all = String(String.UnicodeScalarView(scalars))
    for scalar in scalars
    where scalar.value % 41 == 0 || scalar.value < 0x80 || [0x130, 0x131, 0x212A, 0x3C2].contains(scalar.value) {
      try table.checkFound(.ilike(Field("a"), LikePattern(String(scalar))))
    }
    for filter in [all, "_", "%"].map({ Filter.ilike(Field("a"), LikePattern($0)) }) { try table.check(filter) }
  }
}
