// SPDX-License-Identifier: Apache-2.0

import HNSW
import VectorStoreCore

enum NearestCases {
  static let all = [
    ConformanceCase("exact search is the definition, for each metric") { session in
      for metric in [Metric.cosine, .l2, .innerProduct, .l1] {
        let backend = try await session.open(metric)
        var random = SeededGenerator(1)
        let records = (0..<300).map { Sample.record("id \($0)", vector: random.vector(dimension: Sample.dimension)) }
        try await backend.add(records)
        for _ in 0..<10 {
          let query = random.vector(dimension: Sample.dimension)
          let expected = try exact(query, records, metric)
          let found = try await backend.candidates(Sample.nearest(query, 20, isExact: true)).nearest
          try expectEqual(found.map { $0.record.id }, expected.prefix(20).map { $0.id }, "the ids under \(metric)")
          for (found, expected) in zip(found, expected) {
            try expect(
              abs(found.value - expected.distance) <= 1e-4 * max(1, abs(expected.distance)),
              "the distance under \(metric): expected \(expected.distance), but there is \(found.value)")
          }
        }
      }
    },
    ConformanceCase("equal distances are as many as were asked for") { session in
      let backend = try await session.open()
      let ids = ["b", "B", "é", "e\u{301}", "a", "10", "9"]
      try await backend.add(ids.map { Sample.record($0, vector: Sample.axis(2)) })
      for isExact in [true, false] {
        let found = try await backend.candidates(Sample.nearest(Sample.axis(2), 5, isExact: isExact)).nearest
        let bytes = Set(found.map { Array($0.record.id.utf8) })
        try expect(
          bytes.count == 5 && bytes.isSubset(of: ids.map { Array($0.utf8) }), "the ids: \(found.map(\.record.id))")
      }
    },
    ConformanceCase("the index finds what exact search finds") { session in
      let backend = try await session.open()
      var random = SeededGenerator(2)
      try await backend.add(
        (0..<1_000).map { Sample.record("id \($0)", vector: random.vector(dimension: Sample.dimension)) })
      var shared = 0
      for _ in 0..<20 {
        let query = random.vector(dimension: Sample.dimension)
        let exact = try await backend.candidates(Sample.nearest(query, 10, isExact: true)).nearest
        let found = try await backend.candidates(Sample.nearest(query, 10)).nearest
        try expectEqual(found.count, 10, "how many were found")
        try expect(
          zip(found, found.dropFirst()).allSatisfy { $0.value <= $1.value }, "the distances are not in order")
        shared += Set(exact.map { $0.record.id }).intersection(found.map { $0.record.id }).count
      }
      try expect(shared >= 180, "a recall of \(Double(shared) / 200)")
    },
    ConformanceCase("k means k, whatever the filter") { session in
      let backend = try await session.open()
      var random = SeededGenerator(3)
      let records = (0..<600).map { number in
        Sample.record(
          "id \(number)", "text", ["n": .integer(Int64(number))], vector: random.vector(dimension: Sample.dimension))
      }
      try await backend.add(records)
      for limit in [0, 1, 3, 30, 300, 600] {
        for k in [1, 10, 100, 1_000] {
          let filter = Field("n") < limit
          let found = try await backend.candidates(
            Sample.nearest(random.vector(dimension: Sample.dimension), k, filter: filter)
          ).nearest
          try expectEqual(found.count, min(k, limit), "k \(k) of \(limit) that match")
          try expect(
            found.allSatisfy { filter.matches($0.record.document) }, "a hit that does not match \(limit)")
          try expectEqual(Set(found.map { $0.record.id }).count, found.count, "different ids")
        }
      }
    },
    ConformanceCase("nothing is farther than the limit") { session in
      let backend = try await session.open(.l2)
      try await backend.add((0..<50).map { Sample.record("id \($0)", vector: [Float($0), 0, 0, 0, 0, 0]) })
      let query: [Float] = [0, 0, 0, 0, 0, 0]
      for isExact in [false, true] {
        let found = try await backend.candidates(Sample.nearest(query, 100, isExact: isExact, limit: 10)).nearest
        try expectEqual(found.map { Int($0.value) }, Array(0...10), "the distances up to the limit")
        let few = try await backend.candidates(Sample.nearest(query, 4, isExact: isExact, limit: 10)).nearest
        try expectEqual(few.count, 4, "how many were found")
        let none = try await backend.candidates(Sample.nearest(query, 4, isExact: isExact, limit: -1)).nearest
        try expect(none.isEmpty, "something was found below a distance of −1")
      }
    },
    ConformanceCase("a zero vector under cosine is found by all but its vector") { session in
      let backend = try await session.open()
      try await backend.add([
        Sample.record("zero", "nothing", ["n": 0], vector: Sample.zero), Sample.record("one", "text", ["n": 1]),
      ])
      for isExact in [false, true] {
        let found = try await backend.candidates(Sample.nearest(Sample.axis(0), 5, isExact: isExact)).nearest
        try expectEqual(found.map { $0.record.id }, ["one"], "what is found by vector")
        let only = try await backend.candidates(
          Sample.nearest(Sample.axis(0), 5, filter: Field("n") == 0, isExact: isExact)
        ).nearest
        try expect(only.isEmpty, "a zero vector is found by vector with a filter")
      }
      let words = try await backend.candidates(Sample.keywords("nothing")).keywords
      try expectEqual(words.map { $0.record.id }, ["zero"], "what is found by keyword")
      try expectEqual(try await backend.count(filter: Field("n") == 0), 1, "what is found by filter")
      try expectEqual(
        try await backend.get(ids: ["zero"], includingVectors: true).first?.vector, Sample.zero, "the vector")
      try await backend.add([Sample.record("zero", vector: Sample.axis(0))])
      let found = try await backend.candidates(Sample.nearest(Sample.axis(0), 1)).nearest
      try expectEqual(found.map { $0.record.id }, ["zero"], "found once it has a direction")
    },
    ConformanceCase("a query of norm zero or of another dimension is an error") { session in
      let backend = try await session.open()
      try await backend.add([Sample.record("a")])
      try await expectError(.zeroNormQuery, what: "a zero query") {
        _ = try await backend.candidates(Sample.nearest(Sample.zero, 1))
      }
      for query in [[], [1], Sample.axis(0) + [0]] as [[Float]] {
        try await expectError(.dimensionMismatch, what: "a query of \(query.count) dimensions") {
          _ = try await backend.candidates(Sample.nearest(query, 1))
        }
      }
      let euclidean = try await session.open(.l2)
      try await euclidean.add([Sample.record("zero", vector: Sample.zero), Sample.record("a")])
      let found = try await euclidean.candidates(Sample.nearest(Sample.zero, 2)).nearest
      try expectEqual(found.map { $0.record.id }, ["zero", "a"], "a zero query under L2")
    },
    ConformanceCase("vectors come with hits where they are asked for") { session in
      let backend = try await session.open()
      try await backend.add([Sample.record("a", "word", ["n": 1])])
      for isAsked in [false, true] {
        let request = CandidateRequest(
          nearest: .init(vector: Sample.axis(0), count: 1), keywords: .init(text: "word", count: 1),
          includesVectors: isAsked)
        let found = try await backend.candidates(request)
        var record = Sample.record("a", "word", ["n": 1])
        if !isAsked { record.vector = [] }
        try expectEqual(found.nearest.map { $0.record }, [record], "the hits by vector")
        try expectEqual(found.keywords.map { $0.record }, [record], "the hits by keyword")
        try expect(found.explanation == nil, "an explanation that was not asked for")
      }
    },
  ]

  private static func exact(
    _ query: [Float], _ records: [Record], _ metric: Metric
  ) throws -> [(id: String, distance: Double)] {
    try records.map { (id: $0.id, distance: Double(try Distance.distance(query, $0.vector, metric: metric))) }
      .sorted { ($0.distance, $0.id) < ($1.distance, $1.id) }
  }
}
