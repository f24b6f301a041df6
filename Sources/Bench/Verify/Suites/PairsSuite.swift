// SPDX-License-Identifier: Apache-2.0

import HNSW
import PostgresBackend
import VectorStoreCore
import VectorStoreTesting

/// Distances of pairs by every operator, many pairs in a statement.
struct PairsSuite: VerifySuite {
  let name = VerifySuiteName.pairs
  let server: VerifyServer

  /// Pairs of a case.
  private static let count = 2_000

  func run(seed: UInt64, _ tally: inout VerifyTally) async throws {
    var random = SeededGenerator(seed)
    let type = random.pick(VectorColumnType.allCases.filter { server.types[$0] != nil })
    switch type {
    case .vector: try await run([Float].self, seed, &random, &tally)
    case .halfvec:
      if random.oneIn(8) { return try await convert(seed, &random, &tally) }
      try await run(HalfVector.self, seed, &random, &tally)
    case .sparsevec: try await run(SparseVector.self, seed, &random, &tally)
    case .bit: try await run(BitVector.self, seed, &random, &tally)
    }
  }

  private func run<Vector: VerifiedVector>(
    _ kind: Vector.Type, _ seed: UInt64, _ random: inout SeededGenerator, _ tally: inout VerifyTally
  ) async throws {
    let type = Vector.columnType
    let metrics = server.types[type]?.metrics ?? []
    let pairs = try (0..<Self.count).map { _ in try Vector.randomPair(&random) }
    let columns = metrics.map { "a \(server.operation($0)) b" as SQLText }.joined(by: ", ")
    let sql: SQLText = """
      SELECT \(columns) FROM unnest(\(server.array(type, try pairs.map { try $0.0.wireBytes })),
      \(server.array(type, try pairs.map { try $0.1.wireBytes }))) AS p(a, b)
      """
    let result = try await server.run(sql, isPrepared: true)
    guard result.rowCount == pairs.count else {
      throw BenchError(
        "the server answered \(result.rowCount) rows for \(pairs.count) pairs (\(name.rawValue):\(seed))")
    }
    tally.countUnits(name, pairs.count)
    for (column, metric) in metrics.enumerated() {
      tally.count(name, type.rawValue, metric.operatorName, pairs.count)
      for (row, (a, b)) in pairs.enumerated() {
        let allowed = a.allowedDistances(to: b, metric: metric)
        let engine = Double(try a.engineDistance(to: b, metric: metric))
        let served = result.double(row, column)
        if allowed.contains(engine), let served, allowed.contains(served) { continue }
        tally.add(
          VerifyDisagreement(
            suite: name, seed: seed, what: "\(type.rawValue) \(metric.operatorName)",
            input: VerifyDisagreement.shortened("pair \(row), \(a.dimensionCount) dimensions: \(a) and \(b)"),
            expected: allowed.description, engine: "\(engine)", pgvector: served.map { "\($0)" } ?? "NULL"))
      }
    }
  }

  /// Rounds numbers to half precision on both sides.
  private func convert(_ seed: UInt64, _ random: inout SeededGenerator, _ tally: inout VerifyTally) async throws {
    let vectors = (0..<Self.count).map { _ in
      RandomNumbers(isHalf: true).list(RandomNumbers.dimension(&random), &random)
    }
    let sql: SQLText = """
      SELECT v\(server.cast(.halfvec)) FROM unnest(\(server.array(.vector, try vectors.map { try $0.wireBytes }))) AS p(v)
      """
    let result = try await server.run(sql, isPrepared: true)
    tally.count(name, "halfvec", "::halfvec", vectors.count)
    for (row, vector) in vectors.enumerated() {
      let half = try HalfVector(vector)
      let served = result.bytes(row, 0) { Array($0) }
      if served == half.wireBytes { continue }
      tally.add(
        VerifyDisagreement(
          suite: name, seed: seed, what: "vector::halfvec",
          input: VerifyDisagreement.shortened("vector \(row): \(vector)"),
          expected: "the nearest halves, ties to even", engine: VerifyDisagreement.shortened("\(half.wireBytes)"),
          pgvector: VerifyDisagreement.shortened("\(served ?? [])")))
    }
  }
}
