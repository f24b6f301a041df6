// SPDX-License-Identifier: Apache-2.0

import Testing
import VectorStoreCore
import VectorStoreTesting

@Suite struct FilterEvaluationTests {
  private func value(_ filter: Filter, _ metadata: JSONObject) -> TruthValue {
    filter.evaluate(Document(id: "i", content: "c", metadata: metadata))
  }

  @Test func kleeneTruthTable() {
    let rank: [TruthValue: Int] = [.false: 0, .unknown: 1, .true: 2]
    let filters: [TruthValue: Filter] = [.false: .none, .unknown: Field("missing") == 1, .true: .all]
    for (a, f) in filters {
      #expect(value(!f, [:]) == !a)
      #expect(rank[!a] == 2 - (rank[a] ?? 0))
      for (b, g) in filters {
        #expect(rank[value(f && g, [:])] == min(rank[a] ?? 0, rank[b] ?? 0))
        #expect(rank[value(f || g, [:])] == max(rank[a] ?? 0, rank[b] ?? 0))
      }
    }
  }

  @Test func whatIsNotOfTheTypeIsUnknown() {
    let a = Field("a")
    let conditions = [
      a == 1, a != 1, a < 1, a.isIn([1]), a.isNotIn([1]), a.isBetween(1, 2), a.like("%"), a.ilike("%"), a.contains(1),
      a == "x", a != "x",
    ]
    for metadata: JSONObject in [[:], ["a": .null], ["a": true], ["a": ["b": 1]]] {
      for condition in conditions {
        #expect(value(condition, metadata) == .unknown)
        #expect(value(!condition, metadata) == .unknown)
      }
    }
    #expect(
      value(.in(a, []), [:]) == .unknown && value(.in(a, []), ["a": 1]) == .false
        && value(.notIn(a, []), ["a": 1]) == .true)
    #expect(value(a.isIn([FilterValue.integer(1), .string("x")]), ["a": 1]) == .true)
    #expect(value(a.isNotIn([FilterValue.integer(1), .string("x")]), ["a": 2]) == .unknown)
    #expect(
      value(a.exists, ["a": .null]) == .false && value(a.isMissing, [:]) == .true && value(a.exists, ["a": []]) == .true
    )
    #expect(
      value(a.contains("x"), ["a": [1, .null, "x"]]) == .true
        && value(a.contains("y"), ["a": [1, .null, "x"]]) == .false)
    #expect(value(Field("a.b") == 1, ["a": ["b": 1]]) == .true && value(Field("a.0") == 1, ["a": [1]]) == .unknown)
    #expect(
      value(Field("a\\.b") == 1, ["a.b": 1]) == .true && value(Field.id == "i", [:]) == .true
        && value(Field.content == "c", [:]) == .true)
    #expect((Field.id == "i").evaluate(Document(content: "")) == .unknown)
  }

  @Test func numbersCompareExactly() throws {
    let texts = [
      "-1e400", "-9223372036854775809", "-9223372036854775808", "-1.5", "-1", "-1e-400", "0", "5e-324", "0.1",
      "0.10000000000000000555111512312578270212",
      "0.5", "1", "9007199254740992", "9007199254740993", "9007199254740993.5", "9223372036854775807",
      "9.223372036854775808e18", "9223372036854775809", "1e308", "1e400", "1.5e400",
    ]
    let values = try texts.map { try JSONValue(parsing: $0) }
    for (i, stored) in values.enumerated() {
      for (j, json) in values.enumerated() {
        let document = Document(content: "", metadata: ["a": stored])
        let less = try Filter(json: ["a": ["$lt": json]]), equal = try Filter(json: ["a": ["$eq": json]])
        #expect(less.matches(document) == (i < j), "\(stored) < \(json)")
        #expect(equal.matches(document) == (i == j), "\(stored) = \(json)")
      }
    }
    #expect(value(Field("a") == 1, ["a": 1.0]) == .true && value(Field("a") == 0, ["a": -0.0]) == .true)
    #expect(value(Field("a") == 9_007_199_254_740_992.0, ["a": 9_007_199_254_740_993]) == .false)
    #expect(
      value(Field("a") < Double.nan, ["a": 1]) == .unknown && value(Field("a") < Double.infinity, ["a": 1]) == .true)
  }

  @Test func stringsCompareByBytes() {
    #expect(value(Field("a") == "é", ["a": "e\u{301}"]) == .false)
    #expect(value(Field("a") < "\u{1F600}", ["a": "\u{FF5E}"]) == .true)
    #expect(value(Field("a") < "b", ["a": "B"]) == .true && value(Field("a") < "ab", ["a": "a"]) == .true)
  }

  @Test func datesCompareAsMoments() throws {
    let noon = try #require(Timestamp(iso8601: "2024-02-29T12:00:00Z"))
    #expect(value(Field("a") == noon, ["a": "2024-02-29T20:00:00.000+08:00"]) == .true)
    #expect(value(Field("a") > noon, ["a": "2024-02-29 12:00:00.000001"]) == .true)
    #expect(
      value(Field("a") != noon, ["a": "yesterday"]) == .unknown && value(Field("a") != noon, ["a": 5]) == .unknown)
  }

  @Test(arguments: [
    ("", "", true), ("a", "", false), ("", "%", true), ("abc", "a%", true), ("abc", "%b%", true), ("abc", "_b_", true),
    ("abc", "_b", false), ("ABC", "abc", false),
    ("50%", "50\\%", true), ("500", "50\\%", false), ("a\\b", "a\\\\b", true), ("a_b", "a\\_b", true),
    ("axb", "a\\_b", false), ("向量", "__", true), ("e\u{301}", "_", false),
    ("e\u{301}", "é", false), ("\u{1F468}\u{200D}\u{1F469}", "___", true), ("aXbXc", "a%X%c", true),
    ("mississippi", "%iss%ip%", true), ("mississippi", "%issip", false), ("a\nb", "a_b", true),
    ("aab", "%ab", true), ("ab", "a%%b", true), ("x", "%_%", true),
  ])
  func like(_ text: String, _ pattern: String, _ expected: Bool) {
    #expect(LikePattern(pattern).matches(text) == expected)
    if expected { #expect(LikePattern(pattern).matches(text, ignoringCase: true)) }
  }

  @Test func ilikeFoldsByUnicode() {
    for (text, pattern) in [
      ("ÉCOLE", "école"), ("ΣΑΣ", "σας".replacing("ς", with: "σ")), ("İ", "i"), ("ЖЖ", "жж"), ("Straße", "STRAßE"),
      ("A%", "a\\%"),
    ] {
      #expect(LikePattern(pattern).matches(text, ignoringCase: true), "\(text) \(pattern)")
    }
    #expect(!LikePattern("strasse").matches("Straße", ignoringCase: true))
    #expect(!LikePattern("%" + String(repeating: "a%", count: 50) + "b").matches(String(repeating: "a", count: 10_000)))
  }

  @Test func randomFiltersAgreeWithTheNaiveModelAndSurviveJSON() throws {
    var random = SeededGenerator(5)
    var counts: [TruthValue: Int] = [:]
    for _ in 0..<4000 {
      let filter = random.filter(depth: 3)
      let json = try filter.langChainJSON()
      #expect(try Filter(json: json) == filter)
      #expect(try Filter(parsing: json.serialized()) == filter)
      for _ in 0..<3 {
        let document = Document(
          id: random.oneIn(4) ? nil : random.string(), content: random.string(), metadata: random.metadata())
        let expected = NaiveFilter.evaluate(filter, document)
        #expect(filter.evaluate(document) == expected, "\(filter) \(document)")
        counts[expected, default: 0] += 1
      }
    }
    for truth in TruthValue.allCases { #expect(counts[truth, default: 0] > 500) }
  }
}
