// SPDX-License-Identifier: Apache-2.0

import HNSW
import Testing
import VectorStoreCore
import VectorStoreTesting

/// Hybrid search, diversity and reranking, alone and together.
@Suite struct RankingSearchTests {
  private func store(_ rows: [(id: String, text: String, vector: [Float])], metric: Metric = .cosine) async throws
    -> StoreFixture
  {
    let fixture = StoreFixture(embedder: nil, space: EmbeddingSpace(model: "m", dimension: 2, metric: metric))
    try await fixture.store.add(
      rows.map { Document(id: $0.id, content: $0.text) }, embeddings: rows.map(\.vector))
    return fixture
  }

  @Test func hybridFindsByBoth() async throws {
    let fixture = try await store([
      ("near", "plain", [1, 0]), ("both", "magic word", [1, 0.2]), ("word", "magic word", [-1, 0.1]),
      ("zero", "magic", [0, 0]), ("far", "plain", [-1, 0]),
    ])
    var request = SearchRequest(.vector([1, 0]), k: 4)
    request.hybrid = .init(keywords: "magic word")
    let hits = try await fixture.store.search(request).hits
    #expect(hits[0].id == "both" && Set(hits.map(\.id)) == ["near", "both", "word", "zero"])
    for hit in hits {
      #expect(hit.score != nil && hit.vector.isEmpty)
      #expect((hit.distance == nil) == (hit.id == "zero") && (hit.relevance == nil) == (hit.id == "zero"))
    }
    let word = try #require(hits.first { $0.id == "word" })
    #expect(word.distance == (try Distance.distance([1, 0], [-1, 0.1], metric: .cosine)))
    request.minimumRelevance = 0.5
    #expect(Set(try await fixture.store.search(request).hits.map(\.id)) == ["near", "both"])
    request.minimumRelevance = nil
    request.maximumDistance = 1.999
    #expect(!(try await fixture.store.search(request).hits.map(\.id).contains("zero")))
    request.hybrid = .init(keywords: "words that nobody wrote")
    request.maximumDistance = nil
    #expect(try await fixture.store.search(request).hits.map(\.id) == ["near", "both", "word", "far"])
  }

  @Test func hybridListsAreAsLongAsDocumented() async throws {
    let recorder = RecordingBackend(ReferenceBackend(OpenOptions(space: EmbeddingSpace(model: "m", dimension: 2))))
    let store = VectorStore(backend: recorder)
    for (k, candidates, expected) in [
      (5, nil, 20), (25, nil, 100), (60, nil, 100), (300, nil, 300), (5, 7, 7), (5, 2, 5),
    ]
      as [(Int, Int?, Int)]
    {
      var request = SearchRequest(.vector([1, 0]), k: k)
      request.hybrid = .init(candidates: candidates, keywords: "w")
      _ = try await store.search(request)
      #expect(recorder.last?.nearest?.count == expected && recorder.last?.keywords?.count == expected)
      #expect(recorder.last?.includesVectors == true)
    }
    var request = SearchRequest(.vector([1, 0]), k: 5)
    request.reranker = Reversing()
    _ = try await store.search(request)
    #expect(recorder.last?.nearest?.count == 20 && recorder.last?.includesVectors == false)
    request.rerankCandidates = 50
    request.efSearch = 99
    request.probes = 3
    request.isExact = true
    _ = try await store.search(request)
    let nearest = recorder.last?.nearest
    #expect(nearest?.count == 50 && nearest?.efSearch == 99 && nearest?.probes == 3 && nearest?.isExact == true)
  }

  @Test func diversityPicksInItsOrder() async throws {
    let rows: [(id: String, text: String, vector: [Float])] = [
      ("a", "x", [1, 0.1]), ("b", "x", [1, 0.11]), ("c", "x", [1, -0.4]), ("d", "x", [0.2, 1]),
    ]
    let fixture = try await store(rows)
    for lambda in [0, 0.3, 1] {
      for k in [1, 2, 4, 9] {
        var request = SearchRequest(.vector([1, 0]), k: k)
        let mmr = try MaximalMarginalRelevance(fetchK: 3, lambda: lambda)
        request.diversity = mmr
        let hits = try await fixture.store.search(request).hits
        let nearest = try await fixture.store.search(vector: [1, 0], k: mmr.candidateCount(k: k))
        let vectors = try await fixture.store.records(ids: nearest.map(\.id)).map(\.vector)
        let picks = try mmr.select(query: [1, 0], candidates: vectors, k: k)
        #expect(hits.map(\.id) == picks.map { nearest[$0].id })
        #expect(hits.count == min(k, 4) && hits.allSatisfy { $0.vector.isEmpty && $0.distance != nil })
      }
    }
    var request = SearchRequest(.vector([1, 0]), k: 2)
    request.diversity = try MaximalMarginalRelevance(fetchK: 4, lambda: 0)
    #expect(try await fixture.store.search(request).hits.map(\.id) == ["a", "d"])
    request.maximumDistance = 0.2
    request.includesVectors = true
    let hits = try await fixture.store.search(request).hits
    #expect(hits.map(\.id) == ["a", "c"] && hits[1].vector == [1, -0.4])
    request.hybrid = .init(keywords: "x")
    #expect(try await fixture.store.search(request).hits.map(\.id) == ["a", "c"])
  }

  @Test func rerankersOrderAndLeaveOut() async throws {
    let fixture = try await StoreFixture.line(30)
    var request = SearchRequest(.vector([0, 0]), k: 3)
    request.reranker = Reversing()
    #expect(try await fixture.store.search(request).hits.map(\.id) == ["11", "10", "9"])
    request.maximumDistance = 5
    #expect(try await fixture.store.search(request).hits.map(\.id) == ["5", "4", "3"])
    request.reranker = Choosing { hits in
      hits.filter { $0.id == "2" }.map { hit in
        var hit = hit
        (hit.score, hit.distance, hit.document.content) = (7, 0, "made up")
        return hit
      } + hits
    }
    let hits = try await fixture.store.search(request).hits
    #expect(hits.map(\.id) == ["2", "0", "1"] && hits[0].score == 7)
    #expect(hits[0].distance == 2 && hits[0].document.content == "number 2")
    request.reranker = Choosing { _ in [] }
    #expect(try await fixture.store.search(request).hits.isEmpty)
    request.reranker = Choosing { _ in
      [SearchHit(id: "new", document: Document(content: ""), distance: 0, relevance: 1)]
    }
    #expect(await VectorStoreError.thrown { _ = try await fixture.store.search(request) }?.context[.id] == "new")
  }

  /// Whatever is asked: hits match, keep to the thresholds, are different, and are k if there are so many.
  @Test func everyPathKeepsThePromises() async throws {
    var random = SeededGenerator(9)
    for metric in [Metric.cosine, .l2, .innerProduct] {
      let space = EmbeddingSpace(model: "m", dimension: 3, metric: metric)
      let score = RelevanceScore(space)
      let fixture = StoreFixture(embedder: nil, space: space)
      let vectors = (0..<80).map { _ in random.vector(dimension: 3) }
      try await fixture.store.add(
        vectors.indices.map {
          Document(id: String($0), content: "word\($0 % 7) word", metadata: ["n": .integer(Int64($0))])
        }, embeddings: vectors)
      for _ in 0..<150 {
        let like = random.oneIn(3) ? random.below(80) : nil
        let query = like.map { vectors[$0] } ?? random.vector(dimension: 3)
        var request = SearchRequest(like.map { .like(id: String($0)) } ?? .vector(query), k: 1 + random.below(20))
        let limit = random.below(90)
        if random.oneIn(2) { request.filter = Field("n") < limit }
        if random.oneIn(2) {
          request.hybrid = .init(
            fusion: random.oneIn(2) ? .weighted() : .reciprocalRank(), keywords: "word\(random.below(9))")
        }
        if random.oneIn(3) {
          request.diversity = try MaximalMarginalRelevance(fetchK: random.below(30), lambda: random.uniform())
        }
        if random.oneIn(3) { request.reranker = Reversing() }
        if random.oneIn(2) { request.minimumRelevance = random.uniform() }
        if random.oneIn(2) { request.maximumDistance = Float(random.normal() + 1) }
        let allowed = try vectors.indices.filter { place in
          let distance = try Distance.distance(query, vectors[place], metric: metric)
          return place != like && (request.filter == nil || place < limit)
            && distance <= request.maximumDistance ?? .infinity
            && score.relevance(distance: distance) >= request.minimumRelevance ?? 0
        }
        let hits = try await fixture.store.search(request).hits
        #expect(hits.count == min(request.k, allowed.count), "\(request)")
        #expect(Set(hits.map(\.id)).isSubset(of: allowed.map(String.init)) && Set(hits.map(\.id)).count == hits.count)
      }
    }
  }
}

private struct Choosing: Reranker {
  let choose: @Sendable ([SearchHit]) -> [SearchHit]
  func rerank(query: String?, hits: [SearchHit]) async throws -> [SearchHit] { choose(hits) }
}
