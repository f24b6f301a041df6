// SPDX-License-Identifier: Apache-2.0

import HNSW
import PostgresBackend
import VectorStoreCore
import VectorStoreTesting

/// `ORDER BY embedding <op> query LIMIT k` over a table, exact, with many equal distances.
struct TopKSuite: VerifySuite {
  let name = VerifySuiteName.topk
  let server: VerifyServer
  /// Types whose table has been made.
  private var tables: Set<VectorColumnType> = []

  init(server: VerifyServer) { self.server = server }

  private static let queries = 12

  mutating func run(seed: UInt64, _ tally: inout VerifyTally) async throws {
    var random = SeededGenerator(seed)
    let type = random.pick(VectorColumnType.allCases.filter { server.types[$0] != nil })
    switch type {
    case .vector: try await run([Float].self, seed, &random, &tally)
    case .halfvec: try await run(HalfVector.self, seed, &random, &tally)
    case .sparsevec: try await run(SparseVector.self, seed, &random, &tally)
    case .bit: try await run(BitVector.self, seed, &random, &tally)
    }
  }

  private mutating func run<Vector: VerifiedVector>(
    _ kind: Vector.Type, _ seed: UInt64, _ random: inout SeededGenerator, _ tally: inout VerifyTally
  ) async throws {
    let type = Vector.columnType
    let dimension = 1 + random.below(random.oneIn(4) ? 200 : 16)
    var rows: [(id: String, vector: Vector)] = []
    for row in 0..<(1 + random.below(160)) {
      let isCopy = !rows.isEmpty && random.oneIn(5)
      let vector = isCopy ? random.pick(rows).vector : try Vector.random(dimension: dimension, &random)
      rows.append((String(row), vector))
    }
    let queries = try (0..<Self.queries).map { _ in
      (
        vector: random.oneIn(4) ? random.pick(rows).vector : try Vector.random(dimension: dimension, &random),
        k: random.oneIn(8) ? rows.count + random.below(3) : 1 + random.below(20)
      )
    }
    let metrics = server.types[type]?.metrics ?? []
    let results = try await answers(rows.map(\.vector), queries, metrics)
    var place = 0
    for metric in metrics {
      let oracle = try Oracle(rows: rows, metric: metric)
      for (query, k) in queries {
        let result = results[place]
        place += 1
        tally.countUnits(name)
        tally.count(name, type.rawValue, metric.operatorName)
        let served = (0..<result.rowCount).map { row in
          (id: String(result.int(row, 0) ?? -1), distance: result.double(row, 1) as Double?)
        }
        try compare(oracle, served, query, k, seed, &tally)
      }
    }
  }

  /// The answers to all queries by the first metric, then by the next.
  private mutating func answers<Vector: VerifiedVector>(
    _ rows: [Vector], _ queries: [(vector: Vector, k: Int)], _ metrics: [Metric]
  ) async throws -> [PGResult] {
    let type = Vector.columnType
    let table: SQLText = "\(server.scratch).\(try SQLIdentifier("topk_\(type.rawValue)"))"
    if tables.insert(type).inserted {
      _ = try await server.run("CREATE TABLE \(table) (id integer, embedding \(server.columnType(type)))")
    }
    let column: SQLText = type == .bit ? "embedding::\"bit\"" : "embedding"
    var statements: [SQLText] = [
      "TRUNCATE \(table)",
      """
      INSERT INTO \(table) SELECT n::integer - 1, v FROM unnest(\(server.array(type, try rows.map { try $0.wireBytes })))
      WITH ORDINALITY AS p(v, n)
      """,
    ]
    for metric in metrics {
      for query in queries {
        let distance: SQLText =
          "\(column) \(server.operation(metric)) \(server.parameter(type, try query.vector.wireBytes))"
        statements.append(
          "SELECT id, \(distance) FROM \(table) ORDER BY \(distance) LIMIT \(bind: .int8(Int64(query.k)))")
      }
    }
    let sent = statements.map { $0.statement() }
    return Array(try await server.engine.withConnection { try await $0.pipeline(sent) }.dropFirst(2))
  }

  private func compare<Vector: VerifiedVector>(
    _ oracle: Oracle<Vector>, _ served: [(id: String, distance: Double?)], _ query: Vector, _ k: Int, _ seed: UInt64,
    _ tally: inout VerifyTally
  ) throws {
    let engine: [(id: String, distance: Double?)]
    do {
      engine = try oracle.nearest(to: query, k: k).map { (id: $0.id, distance: $0.distance as Double?) }
    } catch let error as VectorIndexError where error.code == .zeroNormQuery {
      // The engine refuses what SQL answers with NaN for every row.
      engine = []
    }
    let reports: [(side: String, report: OracleReport)] = [
      ("pgvector", try oracle.check(answer: served, query: query, k: k)),
      ("the engine", try oracle.check(answer: engine, query: query, k: k)),
    ]
    for (side, report) in reports {
      for disagreement in report.disagreements {
        tally.add(
          VerifyDisagreement(
            suite: name, seed: seed, what: "\(Vector.columnType.rawValue) \(oracle.metric.operatorName) LIMIT \(k)",
            input: VerifyDisagreement.shortened("query \(query)"), expected: "\(side): \(disagreement)",
            engine: text(engine), pgvector: text(served)))
      }
    }
    // In SQL a row without a distance comes too.
    let wanted = min(k, oracle.count)
    guard served.count != wanted else { return }
    tally.add(
      VerifyDisagreement(
        suite: name, seed: seed, what: "\(Vector.columnType.rawValue) \(oracle.metric.operatorName) LIMIT \(k)",
        input: VerifyDisagreement.shortened("query \(query)"), expected: "\(wanted) rows",
        engine: text(engine), pgvector: text(served)))
  }

  private func text(_ answer: [(id: String, distance: Double?)]) -> String {
    let rows = answer.map { row -> String in
      let distance = row.distance.map { "\($0)" } ?? "NULL"
      return "\(row.id): \(distance)"
    }
    return VerifyDisagreement.shortened(rows.joined(separator: ", "))
  }
}
