// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

enum FilterCases {
  static let all = [
    ConformanceCase("filters mean what evaluate says, on awkward rows") { session in
      let backend = try await session.open()
      let records = awkwardRows()
      try await backend.add(records)
      for text in awkwardFilters {
        let filter = try Filter(parsing: text)
        try await check(filter, text, backend, records)
        try await check(!filter, "not \(text)", backend, records)
      }
      for filter in [Filter.none, .all, Field("s").isIn([String]()), Field("s") == "a\0", Field("s") < "b\0"] {
        try await check(filter, "\(filter)", backend, records)
      }
    },
    ConformanceCase("random filters mean what evaluate says") { session in
      let backend = try await session.open()
      var random = SeededGenerator(4)
      let records = (0..<120).map { Sample.record("id \($0)", "text \($0 % 3)", random.metadata()) }
      try await backend.add(records)
      for _ in 0..<session.suite.randomFilters {
        let filter = random.filter(depth: 3)
        try await check(filter, "\(filter)", backend, records)
      }
    },
    ConformanceCase("declared fields change nothing but speed") { session in
      let options = OpenOptions(
        space: Sample.space(), declaredFields: ["a", "n", "s", "c\\.d", "d", "nested.a"].map { Field($0) })
      let backend = try await session.open(options)
      var random = SeededGenerator(5)
      var records = awkwardRows()
      records += (0..<80).map { Sample.record("id \($0)", "text \($0 % 3)", random.metadata()) }
      try await backend.add(records)
      for text in awkwardFilters { try await check(try Filter(parsing: text), text, backend, records) }
      for _ in 0..<session.suite.randomFilters / 2 {
        let filter = random.filter(depth: 2)
        try await check(filter, "\(filter)", backend, records)
      }
    },
    ConformanceCase("filters see changes at once") { session in
      let backend = try await session.open()
      let filter = Field("state") == "on"
      try await backend.add((0..<20).map { Sample.record("id \($0)", "text", ["state": $0 < 5 ? "on" : "off"]) })
      try expectEqual(try await backend.count(filter: filter), 5, "count")
      var batch = WriteBatch()
      batch.metadataChanges = [.init(id: "id 10", metadata: ["state": "on"], merges: true)]
      batch.deletedIDs = ["id 0"]
      batch.upserts = [Sample.record("id 1", "text", ["state": "off"]), Sample.record("new", "text", ["state": "on"])]
      _ = try await backend.write(batch, progress: nil)
      let found = try await backend.candidates(Sample.nearest(Sample.axis(0), 100, filter: filter)).nearest
      try expectEqual(
        found.map { $0.record.id }.sorted(), ["id 10", "id 2", "id 3", "id 4", "new"], "what matches afterwards")
    },
  ]

  /// Compares what a filter finds by count, scroll and search with its definition.
  private static func check(
    _ filter: Filter, _ name: String, _ backend: any VectorStoreBackend, _ records: [Record]
  ) async throws {
    let expected = records.filter { filter.matches($0.document) }.map { $0.id }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    try expectEqual(try await backend.count(filter: filter), expected.count, "count of \(name)")
    let page = try await backend.scroll(
      filter: filter, after: nil, limit: records.count + 1, includingVectors: false)
    try expectEqual(page.records.map { $0.id }, expected, "scroll of \(name)")
    let found = try await backend.candidates(Sample.nearest(Sample.axis(1), records.count, filter: filter)).nearest
    let sorted = found.map { $0.record.id }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    try expectEqual(sorted, expected, "search of \(name)")
  }

  private static func awkwardRows() -> [Record] {
    let rows: [JSONObject] = [
      [:], ["n": .null], ["n": 1], ["n": 1.0], ["n": "1"], ["n": true], ["n": [1]], ["n": ["a": 1]],
      ["n": 9_007_199_254_740_993], ["n": 9_007_199_254_740_992], ["n": 9007199254740992.0], ["n": -0.0], ["n": 0],
      ["n": 1.5], ["n": -7], ["n": 1e300], ["n": JSONNumber.value(of: "18446744073709551616") ?? .null],
      ["s": "abc"], ["s": "ABC"], ["s": "é"], ["s": "e\u{301}"], ["s": "É"], ["s": ""], ["s": "a%c"], ["s": "a_c"],
      ["s": "a\\c"], ["s": "向量扩展"], ["s": "İ"], ["s": "ß"], ["s": "'; --"], ["s": 5],
      ["d": "2024-02-29"], ["d": "2024-02-29T12:00:00Z"], ["d": "2024-02-29T13:00:00+01:00"], ["d": "no date"],
      ["d": "2024-03-01T00:00:00.000001Z"], ["d": 20_240_229],
      ["b": true], ["b": false], ["b": "true"], ["b": 1],
      ["list": [1, "a", .null, true, 2.0]], ["list": []], ["list": "a"], ["list": [[1]]],
      ["nested": ["a": 1, "b": ["c": "x"]]], ["nested": ["a": .null]], ["nested": [["a": 1]]], ["nested.a": 1],
      ["é": 1], ["e\u{301}": 2], ["": 3], ["$price": 4], ["a.b": 5], ["a'\"b": 6], ["a": ["b": 7]],
    ]
    return rows.enumerated().map { Sample.record("row \($0)", "content \($0)", $1) }
  }

  private static let awkwardFilters = [
    #"{"n": 1}"#, #"{"n": 1.0}"#, #"{"n": {"$ne": 1}}"#, #"{"n": {"$gt": 0}}"#, #"{"n": {"$gte": 9007199254740993}}"#,
    #"{"n": {"$lt": 9007199254740993.0}}"#, #"{"n": 9007199254740992}"#, #"{"n": 9007199254740992.0}"#,
    #"{"n": {"$lte": -0.0}}"#, #"{"n": "1"}"#, #"{"n": true}"#, #"{"n": {"$in": [1, "1", true]}}"#,
    #"{"n": {"$nin": [1, 0]}}"#, #"{"n": {"$nin": []}}"#, #"{"n": {"$in": []}}"#, #"{"n": {"$between": [0, 1.5]}}"#,
    #"{"n": {"$exists": true}}"#, #"{"n": {"$exists": false}}"#, #"{"n": {"$gt": 18446744073709551615}}"#,
    #"{"n": {"$not": {"$gt": 0}}}"#, #"{"s": "é"}"#, #"{"s": {"$gt": "e"}}"#, #"{"s": {"$lt": "z"}}"#,
    #"{"s": {"$like": "a%c"}}"#, #"{"s": {"$like": "a\\%c"}}"#, #"{"s": {"$like": "a_c"}}"#, #"{"s": {"$like": "_"}}"#,
    #"{"s": {"$ilike": "ABC"}}"#, #"{"s": {"$ilike": "é"}}"#, #"{"s": {"$ilike": "i"}}"#, #"{"s": {"$like": "%量%"}}"#,
    #"{"s": {"$like": "a\\\\c"}}"#, #"{"s": "'; --"}"#, #"{"s": {"$like": ""}}"#, #"{"s": {"$like": "%"}}"#,
    #"{"d": {"$gte": {"$date": "2024-02-29T12:00:00Z"}}}"#, #"{"d": {"$lt": {"$date": "2024-03-01"}}}"#,
    #"{"d": {"$eq": {"$date": "2024-02-29T12:00:00"}}}"#, #"{"d": {"$ne": {"$date": "2024-02-29"}}}"#,
    #"{"d": {"$gt": "2024-02-29"}}"#, #"{"b": true}"#, #"{"b": {"$lt": true}}"#, #"{"b": {"$ne": true}}"#,
    #"{"list": {"$contains": 1}}"#, #"{"list": {"$contains": 2}}"#, #"{"list": {"$contains": "a"}}"#,
    #"{"list": {"$contains": true}}"#, #"{"nested.a": 1}"#, #"{"nested.b.c": "x"}"#, #"{"nested\\.a": 1}"#,
    #"{"nested": {"$exists": true}}"#, #"{"nested.a": {"$exists": false}}"#, #"{"é": 1}"#, #"{"é": 2}"#, #"{"": 3}"#,
    #"{"\\$price": 4}"#, #"{"a\\.b": 5}"#, #"{"a'\"b": 6}"#, #"{"a.b": 7}"#, #"{"$id": {"$in": ["row 1", "row 2"]}}"#,
    #"{"$id": {"$gte": "row 5"}}"#, #"{"$content": {"$like": "%1_"}}"#, #"{"$content": {"$ilike": "CONTENT 3"}}"#,
    #"{"$or": [{"n": 1}, {"s": "abc"}, {"b": {"$exists": true}}]}"#,
    #"{"$and": [{"n": {"$gt": 0}}, {"n": {"$lt": 2}}]}"#,
    #"{"$not": {"$or": [{"n": 1}, {"s": {"$exists": true}}]}}"#, #"{"$not": [{"n": 1}, {"s": "abc"}]}"#,
    #"{"n": {"$gt": 0, "$lt": 2}, "s": {"$exists": false}}"#, "{}",
  ]
}
