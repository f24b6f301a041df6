// SPDX-License-Identifier: Apache-2.0

import Testing
import VectorStoreCore
import VectorStoreTesting

@Suite struct FilterJSONTests {
  @Test func theThreeFormsAreOne() throws {
    let swift = Field("year") >= 2020 && Field("lang") == "zh"
    #expect(try Filter(parsing: #"{"year": {"$gte": 2020}, "lang": "zh"}"#) == swift)
    let openAI =
      #"{"type":"and","filters":[{"type":"gte","key":"year","value":2020},{"type":"eq","key":"lang","value":"zh"}]}"#
    #expect(try Filter(openAI: JSONValue(parsing: openAI)) == swift)
  }

  @Test func readsEveryOperator() throws {
    let date = try #require(Timestamp(iso8601: "2024-02-29"))
    let cases: [(String, Filter)] = [
      (#"{}"#, .all), (#"{"a": 1}"#, Field("a") == 1), (#"{"a": 1.0}"#, Field("a") == 1.0),
      (#"{"a": true}"#, Field("a") == true),
      (#"{"a": {"$ne": "x"}}"#, Field("a") != "x"), (#"{"a": {"$lt": 1}}"#, Field("a") < 1),
      (#"{"a": {"$lte": 1}}"#, Field("a") <= 1),
      (#"{"a": {"$gt": 1}}"#, Field("a") > 1), (#"{"a": {"$in": []}}"#, .in(Field("a"), [])),
      (#"{"a": {"$in": ["x", "y"]}}"#, Field("a").isIn(["x", "y"])),
      (#"{"a": {"$nin": [1]}}"#, Field("a").isNotIn([1])),
      (#"{"a": {"$between": [1, 2]}}"#, Field("a").isBetween(1, 2)),
      (#"{"a": {"$exists": false}}"#, Field("a").isMissing), (#"{"a": {"$like": "x\\%%"}}"#, Field("a").like("x\\%%")),
      (#"{"a": {"$ilike": "x_"}}"#, Field("a").ilike("x_")), (#"{"a": {"$contains": "x"}}"#, Field("a").contains("x")),
      (#"{"a": {"$gte": {"$date": "2024-02-29"}}}"#, Field("a") >= date),
      (#"{"a": {"$date": "2024-02-29"}}"#, Field("a") == date),
      (#"{"a": {"$gt": 1, "$lt": 5}}"#, Field("a") > 1 && Field("a") < 5),
      (#"{"a": {"$not": {"$gt": 1}}}"#, !(Field("a") > 1)),
      (#"{"$not": {"a": 1}}"#, !(Field("a") == 1)),
      (#"{"$not": [{"a": 1}, {"b": 2}]}"#, !(Field("a") == 1) && !(Field("b") == 2)),
      (#"{"$or": [{"a": 1}, {"b": 2}], "c": 3}"#, .and([Field("a") == 1 || Field("b") == 2, Field("c") == 3])),
      (#"{"a.b\\.c": 1}"#, Field(path: ["a", "b.c"]) == 1), (#"{"\\$a": 1}"#, Field(path: ["$a"]) == 1),
      (#"{"$id": "x"}"#, Field.id == "x"),
      (#"{"$content": {"$like": "%x%"}}"#, Field.content.like("%x%")),
      (#"{"a": 18446744073709551616}"#, .compare(Field("a"), .equal, .number(try #require(bigNumber)))),
    ]
    for (text, filter) in cases { #expect(try Filter(parsing: text) == filter, "\(text)") }
  }

  private var bigNumber: JSONNumber? {
    if case .number(let number)? = JSONNumber.value(of: "18446744073709551616") { number } else { nil }
  }

  @Test(arguments: [
    (#"[]"#, "(top level)"), (#""x""#, "(top level)"), (#"null"#, "(top level)"), (#"{"$and": []}"#, "$and"),
    (#"{"$or": {}}"#, "$or"), (#"{"$and": [1]}"#, "$and[0]"),
    (#"{"$and": [{"a": 1}, {"year": {"$gte": null}}]}"#, "$and[1].year.$gte"), (#"{"a": null}"#, "a"),
    (#"{"a": {"$eq": null}}"#, "a.$eq"), (#"{"a": []}"#, "a"), (#"{"a": {}}"#, "a"),
    (#"{"a": {"b": 1}}"#, "a.b"), (#"{"a": {"$GT": 1}}"#, "a.$GT"), (#"{"$xor": []}"#, "$xor"),
    (#"{"$AND": []}"#, "$AND"), (#"{"a": {"$in": 1}}"#, "a.$in"),
    (#"{"a": {"$in": [1, null]}}"#, "a.$in[1]"), (#"{"a": {"$between": [1]}}"#, "a.$between"),
    (#"{"a": {"$exists": 1}}"#, "a.$exists"), (#"{"a": {"$like": 1}}"#, "a.$like"),
    (#"{"a": {"$like": "x\\"}}"#, "a.$like"), (#"{"a": {"$contains": [1]}}"#, "a.$contains"),
    (#"{"a": {"$date": "x"}}"#, "a.$date"), (#"{"a": {"$eq": {"$date": 5}}}"#, "a.$eq.$date"),
    (#"{"a": {"$eq": {"x": 5}}}"#, "a.$eq"), (#"{"a\\b": 1}"#, #"a\b"#), (#"{"$id.x": 1}"#, "$id.x"),
    (#"{"$not": 1}"#, "$not"), (#"{"a": {"$not": 1}}"#, "a.$not"),
    (#"{"a": {"$and": [1]}}"#, "a.$and"),
  ])
  func namesThePlace(_ text: String, _ place: String) {
    #expect { try Filter(parsing: text) } throws: { error in
      guard let error = error as? VectorStoreError else { return false }
      return error.code == .invalidFilter && error.context[.path] == place && error.message.hasSuffix("at \(place)")
    }
  }

  @Test func nullPointsToExists() {
    for text in [#"{"a": null}"#, #"{"a": {"$ne": null}}"#] {
      #expect { try Filter(parsing: text) } throws: { "\($0)".contains("$exists") }
    }
  }

  @Test(arguments: [
    (
      #"{"type":"and","filters":[{"type":"eq","key":"a","value":1},{"type":"eq","key":"a","value":null}]}"#,
      "filters[1].value"
    ), (#"{"type":"like","key":"a","value":1}"#, "type"),
    (#"{"key":"a","value":1}"#, "(top level)"), (#"{"type":"eq","value":1}"#, "(top level)"),
    (#"{"type":"eq","key":1,"value":1}"#, "key"), (#"{"type":"or","filters":[]}"#, "filters"),
    (#"{"type":"eq","key":"a","value":1,"x":1}"#, "x"), (#"{"type":"in","key":"a","value":1}"#, "value"),
    (#"{"type":"eq","key":"$x","value":1}"#, "key"), (#"5"#, "(top level)"),
  ])
  func openAINamesThePlace(_ text: String, _ place: String) {
    #expect { try Filter(openAI: JSONValue(parsing: text)) } throws: {
      ($0 as? VectorStoreError)?.context[.path] == place
    }
  }

  @Test func depthAndRepeatedKeysAreErrors() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: #"{"$not":"#, count: depth) + #"{"a":1}"# + String(repeating: "}", count: depth)
    }
    #expect(throws: Never.self) { try Filter(parsing: nested(99)) }
    #expect { try Filter(parsing: nested(150)) } throws: { ($0 as? VectorStoreError)?.code == .invalidFilter }
    #expect(throws: VectorStoreError.self) { try Filter(parsing: #"{"a":1,"a":2}"#) }
    #expect(throws: VectorStoreError.self) { try (Field("a") == Double.nan).langChainJSON() }
  }

  @Test func fieldsReadWhatTheyWrite() {
    var random = SeededGenerator(4)
    for _ in 0..<1000 {
      let field = Field(path: (0...random.below(3)).map { _ in random.string() })
      #expect(Field(field.description) == field)
    }
    #expect(
      Field("a\\") == Field(path: ["a\\"]) && Field("$x") == Field(path: ["$x"])
        && Field("a..b") == Field(path: ["a", "", "b"]))
    #expect(Field("é") != Field("e\u{301}"))
  }
}
