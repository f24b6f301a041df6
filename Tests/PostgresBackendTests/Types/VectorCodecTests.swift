// SPDX-License-Identifier: Apache-2.0

import HNSW
import PostgresBackend
import Testing
import VectorStoreCore
import VectorStoreTesting

/// Binary forms are those of the server's types.
@Suite struct VectorCodecTests {
  @Test func goldenBytes() throws {
    #expect(
      try VectorCodec.encode([1, -2], as: .vector) == [0, 2, 0, 0, 0x3F, 0x80, 0, 0, 0xC0, 0, 0, 0])
    #expect(try VectorCodec.encode([1, -2], as: .halfvec) == [0, 2, 0, 0, 0x3C, 0, 0xC0, 0])
    #expect(
      try VectorCodec.encode([0, 1, 0], as: .sparsevec)
        == [0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0x3F, 0x80, 0, 0])
    #expect(try VectorCodec.encode([1, 0, 1, 0, 0, 0, 0, 0, 1], as: .bit) == [0, 0, 0, 9, 0xA0, 0x80])
  }

  @Test func theServerReadsAndWritesThem() throws {
    let connection = try PlainConnection()
    let texts: [(VectorColumnType, [Float], String)] = [
      (.vector, [1, -2.5, 0], "[1,-2.5,0]"),
      (.halfvec, [0.1, 65504, 5.9604645e-08], "[0.099975586,65504,5.9604645e-08]"),
      (.sparsevec, [0, 1.5, 0, -2], "{2:1.5,4:-2}/4"), (.bit, [1, 0, 1], "101"),
    ]
    for (type, vector, text) in texts {
      let sql: SQLText = "SELECT (\(bind: try .vector(vector, as: type))::\(type.sql()))::text"
      #expect(try connection.texts(sql) == [text])
    }
    var random = SeededGenerator(1)
    for dimension in [1, 2, 7, 8, 9, 384, 2_000] {
      let vector = random.vector(dimension: dimension)
      for (type, vector) in [
        (VectorColumnType.vector, vector), (.halfvec, vector), (.sparsevec, vector.map { $0 > 0.5 ? $0 : 0 }),
        (.bit, vector.map { $0 > 0 ? 1 : 0 }),
      ] {
        let sql: SQLText = "SELECT \(bind: try .vector(vector, as: type))::\(type.sql(dimension: dimension))"
        let bytes = try #require(try connection.rows(sql, binary: true).first?.first ?? nil)
        #expect(bytes == (try VectorCodec.encode(vector, as: type)))
        let decoded = try #require(VectorCodec.decode(bytes, as: type))
        if type == .halfvec {
          #expect(zip(decoded, vector).allSatisfy { abs($0 - $1) <= abs($1) / 1024 })
        } else {
          #expect(decoded == vector)
        }
      }
    }
  }

  /// All halves, those between two, and the ends of the range are rounded as pgvector rounds.
  @Test func halves() throws {
    let connection = try PlainConnection()
    var floats: [Float] = []
    for bits in stride(from: UInt16(0), to: 0x7C00, by: 3) {
      let bytes: [UInt8] = [0, 1, 0, 0, UInt8(bits >> 8), UInt8(bits & 0xFF)]
      let value = try #require(VectorCodec.decode(bytes, as: .halfvec)?.first)
      let next = try #require(
        VectorCodec.decode([0, 1, 0, 0, UInt8((bits + 1) >> 8), UInt8((bits + 1) & 0xFF)], as: .halfvec)?.first)
      if next.isFinite {
        floats += [value, -value, (value + next) / 2, ((value + next) / 2).nextUp, ((value + next) / 2).nextDown]
      }
    }
    floats += [65519.996, 1e-10, 2.9802322e-08, 2.9802326e-08, .leastNonzeroMagnitude]
    for start in stride(from: 0, to: floats.count, by: 10_000) {
      let chunk = Array(floats[start..<min(start + 10_000, floats.count)])
      let sql: SQLText = "SELECT \(bind: try .vector(chunk))::vector::halfvec"
      #expect(try connection.rows(sql, binary: true)[0][0] == (try VectorCodec.encode(chunk, as: .halfvec)))
    }
    for value: Float in [65520, -65520, 1e30] {
      #expect(throws: VectorStoreError.self) { try VectorCodec.encode([value], as: .halfvec) }
    }
  }

  @Test func whatATypeDoesNotTakeNamesTheRow() throws {
    for (type, vector) in [
      (VectorColumnType.vector, []), (.vector, [.nan]), (.vector, [1, .infinity]), (.halfvec, [1e6]), (.bit, [0.5]),
      (.vector, [Float](repeating: 0, count: 16_001)), (.sparsevec, [Float](repeating: 1, count: 16_001)),
    ] {
      do {
        _ = try PGParameter.vectors([nil, vector], as: type, elementOID: 1)
        Issue.record("\(type) took \(vector.prefix(3))")
      } catch let error as VectorStoreError {
        #expect(error.code == .invalidRow && error.context[.row] == "1")
      }
    }
  }

  @Test func malformedBytesAreNil() throws {
    var random = SeededGenerator(2)
    for type in VectorColumnType.allCases {
      let good = try VectorCodec.encode([1, 0, 1, 1], as: type)
      for count in 0..<good.count { #expect(VectorCodec.decode(good.prefix(count), as: type) == nil) }
      #expect(VectorCodec.decode(good + [0], as: type) == nil)
      for _ in 0..<200 {
        let bytes = (0..<random.below(24)).map { _ in
          UInt8(truncatingIfNeeded: random.next() >> 8) & (random.oneIn(2) ? 3 : 255)
        }
        if type != .sparsevec || bytes.first.map({ $0 < 4 }) ?? true { _ = VectorCodec.decode(bytes, as: type) }
        _ = PGDecoding.array(bytes)
      }
    }
  }

  @Test func arraysAndCopy() throws {
    let connection = try PlainConnection()
    let oid = try #require(UInt32(connection.texts("SELECT 'vector'::regtype::oid")[0] ?? ""))
    var random = SeededGenerator(3)
    let vectors: [[Float]?] = (0..<100).map { $0 % 10 == 9 ? nil : random.vector(dimension: 384) }
    let read = try connection.rows(
      "SELECT unnest(\(bind: try .vectors(vectors, elementOID: oid))::vector[])", binary: true)
    #expect(read.map { $0[0].flatMap { VectorCodec.decode($0, as: .vector) } } == vectors)

    try connection.run("CREATE TEMP TABLE c (id text, meta jsonb, v vector(384), h halfvec(384))")
    var writer = PGCopyWriter(columns: 4)
    for (place, vector) in vectors.enumerated() {
      writer.beginRow()
      writer.append(text: "行 \(place)")
      writer.append(jsonb: vector == nil ? nil : "{\"n\": \(place)}")
      try writer.append(vector: vector, as: .vector)
      try writer.append(vector: vector, as: .halfvec)
    }
    writer.finish()
    try connection.copy("COPY c FROM STDIN (FORMAT binary)", writer.bytes)
    let rows = try connection.rows("SELECT v FROM c ORDER BY substr(id, 3)::int", binary: true)
    #expect(rows.map { $0[0].flatMap { VectorCodec.decode($0, as: .vector) } } == vectors)
    #expect(try connection.texts("SELECT count(*) FROM c WHERE meta ->> 'n' = substr(id, 3)") == ["90"])
  }

  /// What the table of limits and operators says is what the server has.
  @Test func operatorClassesExist() throws {
    let connection = try PlainConnection()
    let known = try connection.texts(
      "SELECT opcname || ' ' || amname FROM pg_opclass JOIN pg_am ON pg_am.oid = opcmethod WHERE amname IN ('hnsw', 'ivfflat')"
    )
    var ours: Set<String> = []
    for type in VectorColumnType.allCases {
      for method in VectorColumnType.IndexMethod.allCases {
        for metric in Metric.allCases {
          guard let name = type.operatorClass(metric, method) else { continue }
          ours.insert(name.statement().text + " " + method.rawValue)
        }
      }
      for metric in type.metrics {
        let vector = PGParameter.self
        let one = try vector.vector([1, 0, 1], as: type)
        let sql: SQLText =
          "SELECT \(bind: one)::\(type.sql(dimension: 3)) \(metric.sqlOperator) \(bind: one)::\(type.sql(dimension: 3))"
        #expect(try connection.rows(sql).count == 1)
      }
    }
    #expect(ours == Set(known.compactMap { $0 }))
  }

  @Test func scalarsAndTheirArrays() throws {
    let connection = try PlainConnection()
    let uuid = try #require(PGUUID("C0FFEE00-1234-4abc-8def-00000000000a"))
    let moment = try #require(Timestamp(iso8601: "2024-02-29T12:00:00.000001Z"))
    try connection.run("SET TimeZone = 'UTC'")
    let expected: [(PGParameter, String)] = [
      (.text("é'"), "é'"), (.int4(-1), "-1"), (.int8(.min), "-9223372036854775808"), (.float8(0.1), "0.1"),
      (.bool(true), "t"), (.uuid(uuid), "c0ffee00-1234-4abc-8def-00000000000a"),
      (.json("{\"b\": 1, \"a\":2}"), "{\"b\": 1, \"a\":2}"),
      (.jsonb("{\"b\": 1, \"a\":2}"), "{\"a\": 2, \"b\": 1}"), (.timestamptz(moment), "2024-02-29 12:00:00.000001+00"),
      (.texts(["a", nil, "b,"]), "{a,NULL,\"b,\"}"), (.texts([]), "{}"), (.int8s([1, 2]), "{1,2}"),
      (.float8s([0.5]), "{0.5}"), (.bools([true, false]), "{t,f}"),
      (.uuids([uuid]), "{c0ffee00-1234-4abc-8def-00000000000a}"),
    ]
    for (parameter, text) in expected {
      let type = try connection.texts("SELECT pg_typeof(\(bind: parameter))::text")[0] ?? ""
      #expect(try connection.texts("SELECT \(bind: parameter)::\(SQLText(stringLiteral: type))") == [text])
    }
    for number in [
      "0", "1", "-1", "0.1", "10000", "9999", "123456789012345678901234567890.000123", "1e300", "-1e-300", "0.00010000",
      "5e-324",
    ] {
      let same = try connection.texts(
        "SELECT \(bind: .numeric(ExactDecimal(literal: number))) = \(SQLText(stringLiteral: number))::numeric")
      #expect(same == ["t"], "\(number)")
    }
  }
}
