// SPDX-License-Identifier: Apache-2.0

import HNSW
import PostgresBackend
import Testing
import VectorStoreCore
import VectorStoreTesting

/// Searches whose statements were put together for an earlier one.
@Suite struct RepeatedSearchTests {
  private static let dimension = 8

  private static func records(_ count: Int) -> [Record] {
    var random = SeededGenerator(11)
    return (0..<count).map { number in
      Record(
        id: "\(number)", content: "text \(number)", metadata: ["n": .integer(Int64(number))],
        vector: random.vector(dimension: dimension))
    }
  }

  private func withFilled(_ body: (TestSchema, PostgresBackend, [Record]) async throws -> Void) async throws {
    try await TestSchema.with { schema in
      let backend = try await schema.open("t", dimension: Self.dimension, metric: .l2)
      let records = Self.records(300)
      var batch = WriteBatch()
      batch.upserts = records
      _ = try await backend.write(batch, progress: nil)
      try await body(schema, backend, records)
    }
  }

  private func nearest(_ vector: [Float], _ records: [Record], _ count: Int) -> [String] {
    let distances: [(id: String, distance: Double)] = records.map { record in
      let squares = zip(record.vector, vector).map { (one: Float, other: Float) -> Double in
        let difference = Double(one) - Double(other)
        return difference * difference
      }
      return (record.id, squares.reduce(0, +))
    }
    return distances.sorted { $0.distance < $1.distance }.prefix(count).map(\.id)
  }

  @Test func eachHasItsOwnVectorAndItsOwnCount() async throws {
    try await withFilled { _, backend, records in
      for round in 0..<3 {
        for count in [1, 3, 10] {
          let query = Self.records(310)[300 + round].vector
          for isExact in [false, true] {
            let found = try await backend.candidates(
              CandidateRequest(nearest: .init(vector: query, count: count, isExact: isExact)))
            #expect(found.nearest.map(\.record.id) == nearest(query, records, count))
            #expect(found.nearest.allSatisfy { $0.record.vector.isEmpty })
          }
          let whole = try await backend.candidates(
            CandidateRequest(nearest: .init(vector: query, count: count), includesVectors: true))
          #expect(whole.nearest.map(\.record.id) == nearest(query, records, count))
          #expect(
            whole.nearest.allSatisfy { found in records.contains { $0.id == found.record.id && $0 == found.record } })
        }
      }
    }
  }

  @Test func aFilterBetweenThemCountsForItsOwnSearchOnly() async throws {
    try await withFilled { _, backend, records in
      let query = records[5].vector
      let plain = CandidateRequest(nearest: .init(vector: query, count: 5))
      var filtered = plain
      filtered.filter = try Filter(parsing: #"{"n": {"$gte": 100}}"#)
      for _ in 0..<2 {
        #expect(try await backend.candidates(plain).nearest.map(\.record.id) == nearest(query, records, 5))
        #expect(
          try await backend.candidates(filtered).nearest.map(\.record.id)
            == nearest(query, records.filter { Int($0.id) ?? 0 >= 100 }, 5))
      }
    }
  }

  @Test func anIndexThatIsMadeLaterIsUsed() async throws {
    try await withFilled { schema, backend, records in
      let query = records[5].vector
      let request = CandidateRequest(nearest: .init(vector: query, count: 5, efSearch: 200))
      #expect(try await backend.candidates(request).nearest.count == 5)
      try await backend.createIndex(IndexSpecification(precision: .half), progress: nil)
      #expect(try await backend.candidates(request).nearest.first?.record.id == "5")
      // An index of halves is only used by a statement that compares halves. The connection used last is the next one used.
      let halves = try await schema.value(
        "SELECT count(*)::text FROM pg_prepared_statements WHERE statement LIKE '%FROM (SELECT * FROM%halfvec%'")
      #expect(halves == "1")
    }
  }

  @Test func whatIsRefusedIsRefusedEachTime() async throws {
    try await withFilled { _, backend, records in
      for _ in 0..<2 {
        let good = try await backend.candidates(CandidateRequest(nearest: .init(vector: records[0].vector, count: 2)))
        #expect(good.nearest.first?.record.id == "0")
        var broken = records[0].vector
        broken[3] = .nan
        let wrong: [(CandidateRequest.Nearest, VectorStoreError.Code)] = [
          (.init(vector: broken, count: 2), .invalidArgument),
          (.init(vector: Array(records[0].vector.dropLast()), count: 2), .dimensionMismatch),
          (.init(vector: records[0].vector, count: -1), .invalidArgument),
          (.init(vector: records[0].vector, count: 2, efSearch: 1_001), .invalidArgument),
          (.init(vector: records[0].vector, count: 2, probes: 0), .invalidArgument),
        ]
        for (nearest, code) in wrong {
          let error = await #expect(throws: VectorStoreError.self) {
            try await backend.candidates(CandidateRequest(nearest: nearest))
          }
          #expect(error?.code == code)
        }
      }
      try await backend.close()
      let error = await #expect(throws: VectorStoreError.self) {
        try await backend.candidates(CandidateRequest(nearest: .init(vector: records[0].vector, count: 2)))
      }
      #expect(error?.code == .unavailable)
    }
  }

  @Test func aVectorOfNormZeroIsRefusedEachTimeByCosine() async throws {
    try await TestSchema.with { schema in
      let backend = try await schema.open("t", dimension: 2)
      var batch = WriteBatch()
      batch.upserts = [Record(id: "a", content: "", vector: [1, 0])]
      _ = try await backend.write(batch, progress: nil)
      for _ in 0..<2 {
        let found = try await backend.candidates(CandidateRequest(nearest: .init(vector: [1, 1], count: 1)))
        #expect(found.nearest.map(\.record.id) == ["a"])
        let error = await #expect(throws: VectorStoreError.self) {
          try await backend.candidates(CandidateRequest(nearest: .init(vector: [0, 0], count: 1)))
        }
        #expect(error?.code == .zeroNormQuery)
      }
    }
  }
}
