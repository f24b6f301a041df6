// SPDX-License-Identifier: Apache-2.0

import HNSW
import PostgresBackend
import Synchronization
import Testing
import VectorStoreCore
import VectorStoreTesting

/// Vector indexes of each kind, form and metric.
@Suite struct IndexTests {
  private static func fill(
    _ backend: PostgresBackend, _ count: Int, dimension: Int, seed: UInt64 = 1
  ) async throws -> [Record] {
    var random = SeededGenerator(seed)
    let records = (0..<count).map { number in
      Record(
        id: "\(number)", content: "text", metadata: ["n": .integer(Int64(number))],
        vector: random.vector(dimension: dimension))
    }
    var batch = WriteBatch()
    batch.upserts = records
    _ = try await backend.write(batch, progress: nil)
    return records
  }

  private static func plan(_ backend: PostgresBackend, _ vector: [Float]) async throws -> String {
    let found = try await backend.candidates(
      CandidateRequest(nearest: .init(vector: vector, count: 5), explains: true))
    #expect(found.nearest.count == 5)
    return found.explanation?["server_plan"]?.arrayValue?.compactMap(\.stringValue).joined(separator: "\n") ?? ""
  }

  @Test(arguments: [Metric.cosine, .l2, .innerProduct, .l1]) func everyMetricHasAnIndex(_ metric: Metric) async throws {
    try await TestSchema.with { schema in
      let backend = try await schema.open("t", dimension: 8, metric: metric)
      let records = try await Self.fill(backend, 2_000, dimension: 8)
      #expect(try await Self.plan(backend, records[7].vector).contains("Index Scan") == false)
      for kind in [IndexSpecification.Kind.hnsw, .ivfflat] where kind == .hnsw || metric != .l1 {
        try await backend.createIndex(IndexSpecification(kind), progress: nil)
        let status = try await backend.indexStatus()
        #expect(status.state == .ready && status.specification.kind == kind && status.bytes ?? 0 > 0)
        #expect(try await Self.plan(backend, records[7].vector).contains("tlangchainvectorindex"))
        for number in [3, 77, 1_999] where metric != .innerProduct {
          let found = try await backend.candidates(
            CandidateRequest(nearest: .init(vector: records[number].vector, count: 3)))
          #expect(found.nearest.first?.record.id == "\(number)")
        }
      }
    }
  }

  @Test func manyDimensionsAreIndexedInLess() async throws {
    try await TestSchema.with { schema in
      for (dimension, precision) in [(2_000, IndexSpecification.Precision.full), (3_072, .half), (4_096, .binary)] {
        let backend = try await schema.open("t\(dimension)", dimension: dimension)
        let records = try await Self.fill(backend, 120, dimension: dimension)
        try await backend.createIndex(IndexSpecification(), progress: nil)
        let status = try await backend.indexStatus()
        #expect(status.state == .ready && status.specification.precision == precision)
        #expect(try await Self.plan(backend, records[0].vector).contains("langchainvectorindex"))
        var found = 0
        for number in 0..<10 {
          let hits = try await backend.candidates(
            CandidateRequest(nearest: .init(vector: records[number].vector, count: 10)))
          let exact = try await backend.candidates(
            CandidateRequest(nearest: .init(vector: records[number].vector, count: 10, isExact: true)))
          #expect(hits.nearest.count == 10 && hits.nearest[0].record.id == "\(number)")
          // Hits are ranked by the whole vectors, so that a distance is what an exact search says.
          #expect(hits.nearest[0].value == exact.nearest[0].value)
          found += Set(hits.nearest.map(\.record.id)).intersection(exact.nearest.map(\.record.id)).count
        }
        #expect(found >= (precision == .binary ? 60 : 95), "\(dimension): \(found) of 100")
      }
      let backend = try await schema.open("t2000", dimension: 2_000)
      for wrong in [
        IndexSpecification(m: 1), IndexSpecification(m: 101), IndexSpecification(m: 50, efConstruction: 64),
        IndexSpecification(.ivfflat, lists: 0), IndexSpecification(.ivfflat, lists: 40_000),
      ] { await #expect(throws: VectorStoreError.self) { try await backend.createIndex(wrong, progress: nil) } }
    }
  }

  @Test func parametersComeFromTheNumberOfRows() async throws {
    try await TestSchema.with { schema in
      let backend = try await schema.open("t", dimension: 2)
      _ = try await Self.fill(backend, 50, dimension: 2)
      try await backend.createIndex(IndexSpecification(), progress: nil)
      let small = try await backend.indexStatus().specification
      #expect(small.m == 16 && small.efConstruction == 64)
      try await backend.createIndex(IndexSpecification(.ivfflat), progress: nil)
      #expect(try await backend.indexStatus().specification.lists == 10)
      // The others by rows that are there in number only: 120,000.
      try await schema.run(
        """
        INSERT INTO \(try schema.name).t (langchain_id, content, embedding) SELECT 'x' || n, 'y', '[1,2]'
        FROM generate_series(1, 120000) n
        """)
      try await backend.createIndex(IndexSpecification(.ivfflat), progress: nil)
      #expect(try await backend.indexStatus().specification.lists == 120)
    }
  }

  @Test func indexesAreBuiltBesideWriters() async throws {
    try await TestSchema.with { schema in
      let backend = try await schema.open("t", dimension: 16)
      _ = try await Self.fill(backend, 3_000, dimension: 16)
      let seen = Mutex(0)
      let writer = Task {
        var number = 0
        while !Task.isCancelled {
          var batch = WriteBatch()
          batch.upserts = [
            Record(id: "w\(number)", content: "x", vector: (0..<16).map { Float(($0 * 7 + number) % 13) + 1 })
          ]
          _ = try await backend.write(batch, progress: nil)
          number += 1
        }
        return number
      }
      try await backend.createIndex(IndexSpecification(concurrently: true)) { progress in
        #expect(progress.phase == .indexing)
        seen.withLock { $0 += 1 }
      }
      #expect(try await backend.indexStatus().details["name"] == "tlangchainvectorindex")
      try await backend.createIndex(IndexSpecification(m: 8, concurrently: true), progress: nil)
      try await backend.rebuildIndex(concurrently: true, progress: nil)
      writer.cancel()
      let written = try? await writer.value
      let status = try await backend.indexStatus()
      #expect(status.state == .ready && status.specification.m == 8 && status.details.count == 1)
      #expect(seen.withLock { $0 } > 0)
      #expect(try await backend.count(filter: nil) >= 3_000 + (written ?? 0))
      #expect(try await backend.verify(progress: nil).isClean)
    }
  }

  @Test func aFailedBuildIsSeenAndMended() async throws {
    try await TestSchema.with { schema in
      let backend = try await schema.open("t", dimension: 4)
      _ = try await Self.fill(backend, 200, dimension: 4)
      try await backend.createIndex(IndexSpecification(), progress: nil)
      // As CREATE INDEX CONCURRENTLY leaves behind when it fails.
      try await schema.run(
        "UPDATE pg_index SET indisvalid = false WHERE indexrelid = '\(try schema.name).tlangchainvectorindex'::regclass"
      )
      #expect(try await backend.indexStatus().state == .invalid)
      #expect(try await !backend.verify(progress: nil).isClean)
      let found = try await backend.candidates(CandidateRequest(nearest: .init(vector: [1, 2, 3, 4], count: 7)))
      #expect(found.nearest.count == 7)
      try await backend.rebuildIndex(concurrently: false, progress: nil)
      #expect(try await backend.indexStatus().state == .ready)
      try await backend.dropIndex()
      let none = await #expect(throws: VectorStoreError.self) {
        try await backend.rebuildIndex(concurrently: false, progress: nil)
      }
      #expect(none?.code == .notFound)
    }
  }

  /// What the server has no memory for is no fault of the database.
  @Test func tooManyListsAreRefused() async throws {
    try await TestSchema.with { schema in
      let backend = try await schema.open("t", dimension: 3)
      _ = try await Self.fill(backend, 50, dimension: 3)
      let error = await #expect(throws: VectorStoreError.self) {
        try await backend.createIndex(IndexSpecification(.ivfflat, lists: 32_768), progress: nil)
      }
      #expect(error?.code == .unsupported && error?.message.contains("maintenance_work_mem") == true)
    }
  }

  @Test func indexesOfOtherMetricsAreNotUsed() async throws {
    try await TestSchema.with { schema in
      let backend = try await schema.open("t", dimension: 4)
      _ = try await Self.fill(backend, 100, dimension: 4)
      try await schema.run("CREATE INDEX ip ON \(try schema.name).t USING hnsw (embedding vector_ip_ops)")
      let status = try await backend.indexStatus()
      #expect(status.state == .none && status.details["other index ip"]?.contains("ip") == true)
      try await backend.createIndex(IndexSpecification(), progress: nil)
      #expect(try await backend.indexStatus().details["name"] == "tlangchainvectorindex")
      try await backend.dropIndex()
      #expect(try await schema.value("SELECT count(*)::text FROM pg_indexes WHERE indexname = 'ip'") == "1")
    }
  }

  /// Whatever an index leaves out, k hits come back: deleted rows, filters of few rows, more than efSearch.
  @Test(arguments: [IndexSpecification.Kind.hnsw, .ivfflat]) func kMeansK(_ kind: IndexSpecification.Kind) async throws
  {
    try await TestSchema.with { schema in
      let backend = try await schema.open("t", dimension: 8)
      let records = try await Self.fill(backend, 3_000, dimension: 8)
      try await backend.createIndex(IndexSpecification(kind), progress: nil)
      var batch = WriteBatch()
      batch.deletedIDs = records.prefix(1_500).map(\.id)
      _ = try await backend.write(batch, progress: nil)
      for (k, filter) in [
        (5, nil), (100, nil), (1_200, nil), (2_000, nil), (10, Field("n") >= 2_995), (3, Field("n") >= 2_990),
        (50, Field("n") > 2_900),
      ] as [(Int, Filter?)] {
        let found = try await backend.candidates(
          CandidateRequest(nearest: .init(vector: records[0].vector, count: k), filter: filter))
        let there = try await backend.count(filter: filter)
        #expect(found.nearest.count == min(k, there), "k \(k) of \(there)")
        #expect(zip(found.nearest, found.nearest.dropFirst()).allSatisfy { $0.value <= $1.value })
      }
    }
  }
}
