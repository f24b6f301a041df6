// SPDX-License-Identifier: Apache-2.0

import HNSW
import PostgresBackend
import VectorStoreCore
import VectorStoreTesting

/// Maximal marginal relevance through a store on PostgreSQL, beside the definition over the same candidates.
struct DiversitySuite: VerifySuite {
  let name = VerifySuiteName.mmr
  let server: VerifyServer

  private static let queries = 60

  func run(seed: UInt64, _ tally: inout VerifyTally) async throws {
    var random = SeededGenerator(seed)
    let check = try await CandidateCheck(server, table: "mmr_\(seed)", queries: Self.queries, &random)
    for query in check.queries {
      let diversity = try MaximalMarginalRelevance(
        fetchK: random.below(50), lambda: random.oneIn(4) ? Double(random.below(2)) : random.uniform())
      let k = 1 + random.below(12)
      var request = SearchRequest(.vector(query), k: diversity.candidateCount(k: k))
      request.includesVectors = true
      let candidates = try await check.store.search(request).hits
      var report = try check.check(
        candidates.map { (id: $0.id, distance: $0.distance.map(Double.init)) }, query, k: request.k)
      request.k = k
      request.diversity = diversity
      let picks = try await check.store.search(request).hits.map(\.id)
      let rows = candidates.map { (id: $0.id, vector: $0.vector) }
      report.disagreements +=
        DiversityOracle(query: query, candidates: rows, diversity: diversity)
        .check(picks: picks, k: k).disagreements
      tally.countUnits(name)
      tally.count(name, "vector", check.metric.operatorName)
      let engine = try diversity.select(query: query, candidates: rows, k: k)
      for disagreement in report.disagreements {
        tally.add(
          VerifyDisagreement(
            suite: name, seed: seed, what: "\(check.metric.operatorName), \(diversity), k \(k)",
            input: VerifyDisagreement.shortened("\(query)"), expected: "\(disagreement)",
            engine: engine.joined(separator: ", "), pgvector: picks.joined(separator: ", ")))
      }
    }
    try await check.drop()
  }
}
