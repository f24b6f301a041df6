// SPDX-License-Identifier: Apache-2.0

import HNSW
import Testing
import VectorStoreCore
import VectorStoreTesting

@Suite struct SearchingTests {
  private func ids(_ hits: [SearchHit]) -> [String] { hits.map(\.id) }

  @Test func byVectorTextAndDocument() async throws {
    let line = try await StoreFixture.line(10)
    let hits = try await line.store.search(vector: [2.2, 0], k: 3)
    #expect(ids(hits) == ["2", "3", "1"] && hits.allSatisfy { $0.vector.isEmpty && $0.score == nil })
    #expect(hits[0].document == Document(id: "2", content: "number 2", metadata: ["n": 2]))
    #expect(hits[0].relevance == 1 / (1 + Double(hits[0].distance ?? 0)))
    #expect(ids(try await line.store.search(like: "4", k: 3)) == ["3", "5", "2"])
    #expect(ids(try await line.store.search(like: "4", k: 3, filter: Field("n") > 6)) == ["7", "8", "9"])
    #expect(try await line.store.search(like: "4", k: 100).count == 9)
    #expect(await VectorStoreError.thrown { _ = try await line.store.search(like: "no") }?.code == .notFound)
    #expect(await VectorStoreError.thrown { _ = try await line.store.search("text") }?.code == .embedderMissing)
    let texts = StoreFixture()
    try await texts.store.add(texts: ["a", "b"], ids: ["1", "2"])
    #expect(ids(try await texts.store.search("b", k: 1)) == ["2"])
  }

  @Test func thePlainSearchIsOneCall() async throws {
    let fixture = try await StoreFixture.line(10)
    _ = try await fixture.store.search(vector: [1, 0])
    _ = try await fixture.store.search(vector: [1, 0])
    #expect(fixture.backend.count(of: .candidates) == 2 && fixture.backend.count(of: .get) == 0)
  }

  @Test func kAndItsLimits() async throws {
    let fixture = try await StoreFixture.line(10)
    let none = try await fixture.store.search(vector: [0, 0], k: 0)
    #expect(none.isEmpty && fixture.backend.count(of: .candidates) == 0)
    #expect(try await fixture.store.search(vector: [0, 0], k: .max).count == 10)
    var large = SearchRequest(.like(id: "0"), k: .max)
    large.hybrid = .init(keywords: "number")
    large.diversity = try MaximalMarginalRelevance(fetchK: .max)
    #expect(try await fixture.store.search(large).hits.count == 9)
  }

  @Test func wrongRequestsAreRefused() async throws {
    let store = try await StoreFixture.line(3).store
    let changes: [(inout SearchRequest) -> Void] = [
      { $0.k = -1 }, { $0.efSearch = 0 }, { $0.probes = 0 }, { $0.rerankCandidates = -1 },
      { $0.minimumRelevance = 1.1 },
      { $0.minimumRelevance = .nan }, { $0.maximumDistance = .nan }, { $0.hybrid = .init() },
      { $0.hybrid = .init(candidates: -1, keywords: "a") }, { $0.query = .vector([.nan, 0]) },
      { $0.hybrid = .init(fusion: .reciprocalRank(k: -1), keywords: "number") },
    ]
    for change in changes {
      var request = SearchRequest(.vector([0, 0]))
      change(&request)
      #expect(await VectorStoreError.thrown { _ = try await store.search(request) }?.code == .invalidArgument)
    }
    #expect(await VectorStoreError.thrown { _ = try await store.search(vector: [1]) }?.code == .dimensionMismatch)
    let cosine = StoreFixture()
    try await cosine.store.add([Document(id: "zero", content: "")], embeddings: [[0, 0, 0, 0]])
    #expect(await VectorStoreError.thrown { _ = try await cosine.store.search(like: "zero") }?.code == .zeroNormQuery)
  }

  @Test func thresholdsAreExactForEachMetric() async throws {
    var random = SeededGenerator(8)
    for metric in [Metric.cosine, .l2, .innerProduct, .l1] {
      for isNormalized in [false, true] {
        let space = EmbeddingSpace(model: "m", dimension: 3, metric: metric, isNormalized: isNormalized)
        let score = RelevanceScore(space)
        let fixture = StoreFixture(embedder: nil, space: space)
        let vectors = (0..<60).map { _ in isNormalized ? random.unitVector(dimension: 3) : random.vector(dimension: 3) }
        try await fixture.store.add(vectors.indices.map { Document(id: String($0), content: "") }, embeddings: vectors)
        for _ in 0..<20 {
          let query = isNormalized ? random.unitVector(dimension: 3) : random.vector(dimension: 3)
          let all = try await fixture.store.search(vector: query, k: 60)
          let middle = all[random.below(60)]
          var request = SearchRequest(.vector(query), k: 60)
          request.minimumRelevance = middle.relevance
          #expect(
            try await ids(fixture.store.search(request).hits)
              == ids(all.filter { $0.relevance ?? 0 >= middle.relevance ?? 0 }))
          request.minimumRelevance = nil
          request.maximumDistance = middle.distance
          #expect(
            try await ids(fixture.store.search(request).hits)
              == ids(all.filter { $0.distance ?? 9 <= middle.distance ?? 0 }))
        }
        #expect(score.distanceLimit(relevance: 0) == .infinity && score.distanceLimit(relevance: 1.5) == nil)
        for relevance in [0.001, 0.3, 0.5, 0.999, 1] {
          let limit = try #require(score.distanceLimit(relevance: relevance))
          #expect(score.relevance(distance: limit) >= relevance && score.relevance(distance: limit.nextUp) < relevance)
        }
      }
    }
  }

  @Test func explanationsAreMerged() async throws {
    let store = try await StoreFixture.line(30).store
    var request = SearchRequest(.vector([3, 0]), k: 3)
    #expect(try await store.search(request).explanation == nil)
    request.explains = true
    request.hybrid = .init(keywords: "number 7")
    request.diversity = try MaximalMarginalRelevance()
    request.reranker = Reversing()
    let explanation = try #require(try await store.search(request).explanation)
    #expect(explanation["plan"] == "scan" && explanation["fusion"]?["method"] == "reciprocal rank")
    #expect(explanation["mmr"]?["candidates"] == 20 && explanation["rerank"] != nil)
    let times = try #require(explanation["times"]?.objectValue)
    for name in ["scan_ms", "query_ms", "backend_ms", "fusion_ms", "rerank_ms", "mmr_ms", "total_ms"] {
      #expect(times[name] != nil, "\(name)")
    }
  }

  @Test func batchesKeepTheOrderAndEmbedOnce() async throws {
    let embedder = CountingEmbedder()
    let fixture = StoreFixture(embedder: embedder)
    let texts = (0..<40).map { "text \($0)" }
    try await fixture.store.add(texts: texts, ids: texts)
    let requests =
      texts.map { SearchRequest(.text($0), k: 2) } + [
        SearchRequest(.like(id: "text 3"), k: 1), SearchRequest(.vector(embedder.vector(of: "text 9")), k: 1),
        SearchRequest(.text("nothing"), k: 0),
      ]
    let responses = try await fixture.store.search(batch: requests)
    #expect(responses.prefix(40).map { $0.hits.first?.id } == texts)
    #expect(responses[41].hits.map(\.id) == ["text 9"] && responses[40].hits.count == 1 && responses[42].hits.isEmpty)
    #expect(await embedder.queryCalls.value == 1)
    #expect(try await fixture.store.search(batch: []).isEmpty)
    let error = await VectorStoreError.thrown {
      _ = try await fixture.store.search(batch: [SearchRequest(.text("a")), SearchRequest(.text("b"), k: -1)])
    }
    #expect(error?.code == .invalidArgument && error?.context[.row] == "1")
    fixture.backend.inject(.fails(), at: .candidates, call: 5)
    #expect(await VectorStoreError.thrown { _ = try await fixture.store.search(batch: requests) }?.code == .unavailable)
  }

  @Test func retrieversAnswerTexts() async throws {
    let store = StoreFixture().store
    try await store.add([
      Document(id: "a", content: "a", metadata: ["n": 1]), Document(id: "b", content: "b", metadata: ["n": 2]),
    ])
    #expect(try await store.retriever(k: 1).retrieve("b").map(\.id) == ["b"])
    #expect(try await store.retriever(filter: Field("n") == 1).retrieve("b").map(\.id) == ["a"])
    var template = SearchRequest(.text(""), k: 5)
    template.minimumRelevance = 0.99
    #expect(try await store.retriever(template).hits("a").map(\.id) == ["a"])
  }
}

/// Puts the last first.
struct Reversing: Reranker {
  func rerank(query: String?, hits: [SearchHit]) async throws -> [SearchHit] { hits.reversed() }
}
