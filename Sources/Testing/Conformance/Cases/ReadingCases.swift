// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

enum ReadingCases {
  static let all = [
    ConformanceCase("records of ids come in the order of the ids") { session in
      let backend = try await session.open()
      try await backend.add(["a", "b", "c", "d"].map { Sample.record($0) })
      let read = try await backend.get(ids: ["d", "none", "a", "c"], includingVectors: true)
      try expectEqual(read, ["d", "a", "c"].map { Sample.record($0) }, "the records")
      let many = (0..<2_000).map { "id \($0)" }
      try await backend.add(many.map { Sample.record($0) })
      let all = try await backend.get(ids: many.reversed(), includingVectors: false)
      try expectEqual(all.map { $0.id }, many.reversed(), "many records")
    },
    ConformanceCase("scrolling gives all that match, in the order of the ids' bytes") { session in
      let backend = try await session.open()
      let ids = ["b", "a", "B", "é", "e\u{301}", "z", "向", "10", "9", "\u{1F468}", "\u{FF5E}", " ", "a\u{1}", "aa"]
      try await backend.add(
        ids.enumerated().map { Sample.record($1, "text", ["even": .bool($0 % 2 == 0)]) })
      let sorted = ids.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      for size in [1, 3, ids.count, 100] {
        try expectEqual(try await backend.all(pageSize: size).map { $0.id }, sorted, "pages of \(size)")
        let even = Set(ids.enumerated().filter { $0.offset % 2 == 0 }.map { Array($0.element.utf8) })
        let matching = sorted.filter { even.contains(Array($0.utf8)) }
        try expectEqual(
          try await backend.all(filter: Field("even") == true, pageSize: size).map { $0.id }, matching,
          "pages of \(size) with a filter")
      }
      let page = try await backend.scroll(filter: nil, after: nil, limit: 2, includingVectors: false)
      try expect(page.records.allSatisfy { $0.vector.isEmpty }, "vectors that were not asked for")
    },
    ConformanceCase("scrolling goes on where the cursor's record has gone") { session in
      let backend = try await session.open()
      let ids = (10..<60).map { "id \($0)" }
      try await backend.add(ids.map { Sample.record($0) })
      var seen: [String] = []
      var cursor: String?
      repeat {
        let page = try await backend.scroll(filter: nil, after: cursor, limit: 7, includingVectors: false)
        seen += page.records.map { $0.id }
        cursor = page.cursor
        try await backend.delete(page.records.map { $0.id })
      } while cursor != nil
      try expectEqual(seen, ids, "what was seen while it was deleted")
      try expectEqual(try await backend.count(filter: nil), 0, "what is left")
    },
    ConformanceCase("scrolling sees each record once while others are written") { session in
      let backend = try await session.open()
      try await backend.add((100..<160).map { Sample.record("id \($0)") })
      var seen: [String] = []
      var cursor: String?
      repeat {
        let page = try await backend.scroll(filter: nil, after: cursor, limit: 11, includingVectors: false)
        seen += page.records.map { $0.id }
        cursor = page.cursor
        try await backend.add([Sample.record("a"), Sample.record("id 100", "new"), Sample.record("z")])
      } while cursor != nil
      try expectEqual(seen.filter { $0.hasPrefix("id") }, (100..<160).map { "id \($0)" }, "what was there before")
    },
  ]
}
