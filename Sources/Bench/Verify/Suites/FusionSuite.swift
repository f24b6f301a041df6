// SPDX-License-Identifier: Apache-2.0

import HNSW
import PostgresBackend
import VectorStoreCore
import VectorStoreTesting

/// Hybrid searches through a store on PostgreSQL, beside the formulas over the same candidates.
struct FusionSuite: VerifySuite {
  let name = VerifySuiteName.fusion
  let server: VerifyServer

  private static let queries = 40

  func run(seed: UInt64, _ tally: inout VerifyTally) async throws {
    var random = SeededGenerator(seed)
    let check = try await CandidateCheck(server, table: "fusion_\(seed)", queries: Self.queries, &random)
    for query in check.queries {
      let weights = random.oneIn(2) ? nil : [random.uniform(), random.uniform()]
      let fusion: Fusion =
        random.oneIn(2)
        ? .reciprocalRank(k: 1 + Double(random.below(80)), weights: weights) : .weighted(weights: weights)
      let count = 1 + random.below(30)
      let k = 1 + random.below(count)
      let words = RandomDocuments.text(&random)
      let candidates = try await check.store.backend.candidates(
        CandidateRequest(
          nearest: .init(vector: query, count: count), keywords: .init(text: words, count: count)))
      var report = try check.check(candidates.nearest.map { (id: $0.record.id, distance: $0.value) }, query, k: count)
      var request = SearchRequest(.vector(query), k: k)
      request.hybrid = SearchRequest.Hybrid(fusion: fusion, candidates: count, keywords: words)
      let hits = try await check.store.search(request).hits
      let lists = [
        RankedList(
          candidates.nearest.map { ScoredID(id: $0.record.id, score: Double(Float($0.value))) }, order: .smallerIsBetter
        ),
        RankedList(
          candidates.keywords.map { ScoredID(id: $0.record.id, score: $0.value) }, order: .largerIsBetter),
      ]
      report.disagreements +=
        FusionOracle(lists: lists, fusion: fusion).check(
          answer: hits.map { ScoredID(id: $0.id, score: $0.score ?? .nan) }, limit: k
        ).disagreements
      // Distances are there for hits by keywords alone, too.
      report.disagreements += try distances(of: hits, check, query)
      tally.countUnits(name)
      tally.count(name, "vector", check.metric.operatorName)
      let engine = try fusion.fuse(lists, limit: k)
      for disagreement in report.disagreements {
        tally.add(
          VerifyDisagreement(
            suite: name, seed: seed, what: "\(check.metric.operatorName), \(fusion), k \(k)",
            input: VerifyDisagreement.shortened("\(words), \(query)"), expected: "\(disagreement)",
            engine: engine.map { "\($0.id): \($0.score)" }.joined(separator: ", "),
            pgvector: hits.map { "\($0.id): \($0.score ?? .nan)" }.joined(separator: ", ")))
      }
    }
    try await check.drop()
  }

  private func distances(of hits: [SearchHit], _ check: CandidateCheck, _ query: [Float]) throws -> [Disagreement] {
    try hits.flatMap { hit in
      try check.oracle.check(
        answer: [(id: hit.id, distance: hit.distance.map(Double.init))], query: query, k: 1, allowing: [hit.id]
      ).disagreements
    }
  }
}
