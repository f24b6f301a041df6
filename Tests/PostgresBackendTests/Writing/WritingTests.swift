// SPDX-License-Identifier: Apache-2.0

import HNSW
import PostgresBackend
import Synchronization
import Testing
import VectorStoreCore

/// Writes of many rows, by many writers, in the midst of faults.
@Suite struct WritingTests {
  private static func record(_ number: Int, _ content: String = "text", dimension: Int = 3) -> Record {
    Record(
      id: "\(number)", content: content, metadata: ["n": .integer(Int64(number))],
      vector: (0..<dimension).map { Float((number + $0) % 17) + 1 })
  }

  private static func batch(_ records: [Record]) -> WriteBatch {
    var batch = WriteBatch()
    batch.upserts = records
    return batch
  }

  @Test func manyRowsInOneCall() async throws {
    try await TestSchema.with { schema in
      let backend = try await schema.open("t", dimension: 3)
      let seen = Mutex<[Int]>([])
      let result = try await backend.write(Self.batch((0..<25_000).map { Self.record($0) })) { progress in
        seen.withLock { $0.append(progress.done) }
      }
      #expect(result == WriteResult(added: 25_000))
      #expect(seen.withLock { $0.last } == 25_000 && seen.withLock { $0.count } > 5)
      let again = try await backend.write(Self.batch((24_000..<26_000).map { Self.record($0, "new") }), progress: nil)
      #expect(again == WriteResult(added: 1_000, updated: 1_000))
      #expect(try await backend.count(filter: nil) == 26_000)
    }
  }

  /// `numeric` has an end, which the JSON of `jsonb` shares.
  @Test func numbersBeyondNumeric() async throws {
    try await TestSchema.with { schema in
      let backend = try await schema.open("t", dimension: 3)
      for (literal, fits) in [
        ("1e131071", true), ("-1e131072", false), ("1e-16383", true), ("1.5e-16383", false),
        ("1E99999999999999999999", false),
        ("123e-16390", false), ("0.5e131072", true),
      ] {
        let number = try #require(JSONNumber.value(of: literal))
        var record = Self.record(1)
        record.metadata = ["deep": ["list": [number]]]
        let batch = Self.batch([record])
        if fits {
          _ = try await backend.write(batch, progress: nil)
        } else {
          let error = await #expect(throws: VectorStoreError.self) { try await backend.write(batch, progress: nil) }
          #expect(error?.code == .invalidRow && error?.context[.row] == "0", "\(literal)")
        }
      }
    }
  }

  @Test func aCursorMayHoldWhatNoIDHolds() async throws {
    for type in [PostgresTable.IDType.text, .bigint] {
      try await TestSchema.with { schema in
        let backend = try await schema.open("t", table: PostgresTable(idType: type), dimension: 3)
        _ = try await backend.write(Self.batch([1, 2, 3].map { Self.record($0) }), progress: nil)
        for (cursor, ids) in [("\0", ["1", "2", "3"]), ("1\0", ["2", "3"]), ("1\0z", ["2", "3"]), ("3\0", [])] {
          let page = try await backend.scroll(filter: nil, after: cursor, limit: 9, includingVectors: false)
          #expect(page.records.map(\.id) == ids)
        }
      }
    }
  }

  /// A row that the server refuses in the last chunk takes all the others with it.
  @Test func allOrNothing() async throws {
    try await TestSchema.with { schema in
      let backend = try await schema.open("t", dimension: 3)
      try await schema.run("ALTER TABLE \(try schema.name).t ADD CHECK (content <> 'refused')")
      var records = (0..<9_000).map { Self.record($0) }
      // The last in the order of the ids, in which rows are written.
      records.append(Record(id: "z", content: "refused", vector: [1, 1, 1]))
      let error = await #expect(throws: VectorStoreError.self) {
        try await backend.write(Self.batch(records), progress: nil)
      }
      #expect(error?.message.contains("check constraint") == true, "\(String(describing: error))")
      #expect(try await backend.count(filter: nil) == 0)
    }
  }

  /// Writers of the same rows in different orders do not end in a deadlock.
  @Test func writersInEachOthersWay() async throws {
    try await TestSchema.with { schema in
      let backend = try await schema.open("t", dimension: 3)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for writer in 0..<6 {
          group.addTask {
            for round in 0..<8 {
              var batch = Self.batch((0..<60).map { Self.record(($0 * (writer + 1) + round) % 60, "\(writer)") })
              batch.deletedIDs = (0..<20).map { "\(($0 * 7 + writer * round) % 60)" }
              batch.metadataChanges = (0..<10).map {
                .init(id: "\(($0 * 11 + writer) % 60)", metadata: ["w": 1], merges: true)
              }
              _ = try await backend.write(batch, progress: nil)
            }
          }
        }
        try await group.waitForAll()
      }
      _ = try await backend.write(Self.batch((0..<60).map { Self.record($0) }), progress: nil)
      #expect(try await backend.count(filter: nil) == 60)
      #expect(try await backend.verify(progress: nil).isClean)
    }
  }

  @Test func whatCannotBeKeptIsRefusedBeforehand() async throws {
    try await TestSchema.with { schema in
      let backend = try await schema.open("t", dimension: 3)
      let wrong: [(Record, VectorStoreError.Code)] = [
        (Record(id: "", content: "x", vector: [1, 1, 1]), .invalidIdentifier),
        (Record(id: "a\0", content: "x", vector: [1, 1, 1]), .invalidIdentifier),
        (Record(id: String(repeating: "x", count: 3_000), content: "x", vector: [1, 1, 1]), .invalidIdentifier),
        (Record(id: "a", content: "x\0", vector: [1, 1, 1]), .invalidRow),
        (Record(id: "a", content: "x", metadata: ["k": ["\0"]], vector: [1, 1, 1]), .invalidRow),
        (Record(id: "a", content: "x", metadata: ["k\0": 1], vector: [1, 1, 1]), .invalidRow),
        (Record(id: "a", content: "x", vector: [1, 1]), .dimensionMismatch),
        (Record(id: "a", content: "x", vector: [1, .nan, 1]), .invalidRow),
      ]
      for (record, code) in wrong {
        let error = await #expect(throws: VectorStoreError.self) {
          try await backend.write(Self.batch([Self.record(1), record]), progress: nil)
        }
        #expect(error?.code == code, "\(String(describing: error))")
      }
      #expect(try await backend.count(filter: nil) == 0)
      let half = try await schema.open("h", table: PostgresTable(vectorType: .halfvec), dimension: 3)
      let error = await #expect(throws: VectorStoreError.self) {
        try await half.write(
          Self.batch([Self.record(1), Record(id: "a", content: "", vector: [1, 70_000, 1])]), progress: nil)
      }
      #expect(error?.code == .invalidRow)
      _ = try await half.write(Self.batch([Record(id: "a", content: "", vector: [1, 0.5, 65_504])]), progress: nil)
      #expect(try await half.get(ids: ["a"], includingVectors: true)[0].vector == [1, 0.5, 65_504])
    }
  }

  @Test func bitsAreComparedByHammingAndJaccard() async throws {
    try await TestSchema.with { schema in
      for metric in [Metric.hamming, .jaccard] {
        let backend = try await schema.open("bits \(metric.rawValue)", dimension: 6, metric: metric)
        _ = try await backend.write(
          Self.batch([
            Record(id: "a", content: "", vector: [1, 1, 0, 0, 0, 0]),
            Record(id: "b", content: "", vector: [1, 1, 1, 1, 0, 0]),
            Record(id: "c", content: "", vector: [0, 0, 0, 0, 1, 1]),
          ]), progress: nil)
        for isIndexed in [false, true] {
          if isIndexed { try await backend.createIndex(IndexSpecification(), progress: nil) }
          let found = try await backend.candidates(
            CandidateRequest(nearest: .init(vector: [1, 1, 0, 0, 0, 0], count: 3), includesVectors: true))
          #expect(found.nearest.map(\.record.id) == ["a", "b", "c"])
          #expect(found.nearest.map(\.value) == (metric == .hamming ? [0, 2, 4] : [0, 0.5, 1]))
          #expect(found.nearest[1].record.vector == [1, 1, 1, 1, 0, 0])
        }
        await #expect(throws: VectorStoreError.self) {
          try await backend.write(
            Self.batch([Record(id: "d", content: "", vector: [0.5, 1, 0, 0, 0, 0])]), progress: nil)
        }
      }
    }
  }

  /// Doubles beyond 2⁵³ stay Doubles in jsonb, which knows decimals only.
  @Test func numbersKeepTheirTypes() async throws {
    try await TestSchema.with { schema in
      let metadata: JSONObject = [
        "a": 1.0, "b": 1e16, "c": 1.152921504606846976e18, "d": 1e22, "e": 1e300, "f": -1.5e-300,
        "g": 9_223_372_036_854_775_807,
        "h": [1e17, ["x": -1e15]], "i": JSONNumber.value(of: "1e400") ?? .null, "j": 123_456_789_012_345.0,
        "k": .double(.leastNonzeroMagnitude),
      ]
      for isText in [false, true] {
        let backend = try await schema.open("t\(isText)", table: PostgresTable(usesTextJSON: isText), dimension: 1)
        _ = try await backend.write(
          Self.batch([Record(id: "a", content: "", metadata: metadata, vector: [1])]), progress: nil)
        var read = try await backend.get(ids: ["a"], includingVectors: false)[0].metadata
        if !isText {
          // jsonb writes the digits out; the number is the same.
          #expect(try await backend.count(filter: Filter(parsing: #"{"i": 1e400}"#)) == 1)
          read["i"] = metadata["i"]
        }
        #expect(read == metadata)
      }
    }
  }

  @Test func namesOfAllKindsAreJustNames() async throws {
    try await TestSchema.with { schema in
      for name in [
        "select", "MiXed", "a b", "a\"b", "a'b", "a;--", "表", "$1", "a.b", String(repeating: "n", count: 63),
        String(repeating: "é", count: 31),
      ] {
        let table = PostgresTable(
          idColumn: "id \(name.prefix(20))", contentColumn: "content'\"", embeddingColumn: "order",
          metadataColumns: [.init("user"), .init("x\"; DROP TABLE y; --", type: "integer")],
          metadataJSONColumn: "MeTa")
        let backend = try await schema.open(name, table: table, dimension: 2)
        _ = try await backend.write(
          Self.batch([
            Record(
              id: "'; DROP TABLE t; --", content: "$1 \\ ' \"",
              metadata: ["user": "o'neil", "x\"; DROP TABLE y; --": 5, "a'b\"c": ["d.e": 1]], vector: [1, 0])
          ]), progress: nil)
        try await backend.createIndex(IndexSpecification(concurrently: true), progress: nil)
        try await backend.rebuildIndex(concurrently: true, progress: nil)
        #expect(try await backend.indexStatus().state == .ready, "\(name)")
        // What is remembered is enough to open it again.
        let again = try await schema.open(name, access: .existing, dimension: 2)
        for filter in [
          Field("user") == "o'neil", Field("x\"; DROP TABLE y; --") == 5, Field(path: ["a'b\"c", "d.e"]) == 1,
          Field.id == "'; DROP TABLE t; --",
        ] {
          #expect(try await again.count(filter: filter) == 1, "\(name): \(filter)")
        }
        let words = try await again.candidates(CandidateRequest(keywords: .init(text: "'$1 \\", count: 5)))
        #expect(words.keywords.count == 1)
        #expect(try await again.verify(progress: nil).isClean)
        _ = try await again.compact(progress: nil)
      }
      for wrong in ["", "a\0b", String(repeating: "n", count: 64)] {
        await #expect(throws: VectorStoreError.self) { try await schema.open(wrong, dimension: 2) }
      }
      for type in ["integer); DROP TABLE x; --", "text DEFAULT 'x'", "", "a'"] {
        await #expect(throws: VectorStoreError.self) {
          try await schema.open("types", table: PostgresTable(metadataColumns: [.init("a", type: type)]), dimension: 2)
        }
      }
    }
  }
}
