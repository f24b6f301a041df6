// SPDX-License-Identifier: Apache-2.0

import Foundation
import HNSW
import LocalBackend
import VectorStoreCore

/// The steps of `vectorstore-bench store`.
struct StoreBenchmark {
  private let command: StoreCommand
  private let folder: String
  private let base: Matrix<Float>
  private let queries: [[Float]]
  private let documents = MadeDocuments()
  private let space: EmbeddingSpace

  init(_ command: StoreCommand, folder: String) throws {
    self.command = command
    self.folder = folder
    let all = try VectorFile.readVectors(command.base)
    let count = min(all.count, command.limit ?? all.count)
    base = Matrix(dimension: all.dimension, values: Array(all.values.prefix(count * all.dimension)))
    let queryRows = try VectorFile.readVectors(command.query)
    guard queryRows.dimension == base.dimension, base.count > 0, queryRows.count > 0 else {
      throw BenchError("\(command.base) and \(command.query) must have vectors, of one dimension")
    }
    queries = (0..<queryRows.count).map { Array(queryRows[$0]) }
    space = EmbeddingSpace(model: "", dimension: base.dimension, metric: .cosine)
  }

  private var declared: Filter { Field("year") == 2017 }
  private var undeclared: Filter { Field("shelf") == "shelf 3" }

  func run() async throws -> StoreResult {
    var result = StoreResult()
    result.documents = base.count
    result.dimension = base.dimension
    result.k = command.k
    result.batch = command.batch
    result.rounds = command.rounds
    let efSearch = command.efSearch ?? LocalBackend.defaultEfSearch(k: command.k)
    result.efSearch = efSearch

    result.ingestPlain = try await ingest("plain.db", kind: .exact, keywords: false)
    result.ingestIndexed = try await ingest("store.db", kind: .hnsw, keywords: true)
    let path = "\(folder)/store.db"
    result.databaseBytes = size(path)
    result.indexBytes = size("\(path)-index-1")

    result.firstAnswerMilliseconds = try await median((0..<command.rounds).map { $0 }) { round in
      let start = Clocks.wall()
      let store = try await open(path)
      _ = try await store.search(vector: queries[round % queries.count], k: command.k)
      let elapsed = milliseconds(since: start)
      try await store.close()
      return elapsed
    }

    result.declaredFilterColdMilliseconds = try await cold(path, declared)
    result.undeclaredFilterColdMilliseconds = try await cold(path, undeclared)

    let store = try await open(path)
    let view = try HNSWIndex.open(path: "\(path)-index-1").view()
    result.recall = try await recall(of: store, efSearch: efSearch)
    result.search = try await takeTurns(store, view, efSearch: efSearch, filter: nil, allowed: nil)

    result.declaredFilter = try await filtered(store, view, efSearch: efSearch, filter: declared)
    result.undeclaredFilter = try await filtered(store, view, efSearch: efSearch, filter: undeclared)

    result.keywordMicroseconds = try await median(queries.indices.prefix(200).map { $0 }) { number in
      let start = Clocks.wall()
      _ = try await store.backend.candidates(
        CandidateRequest(keywords: .init(text: documents.question(number), count: command.k)))
      return milliseconds(since: start) * 1_000
    }
    result.hybridMicroseconds = try await median(queries.indices.prefix(200).map { $0 }) { number in
      var request = SearchRequest(.vector(queries[number]), k: command.k)
      request.hybrid = .init(keywords: documents.question(number))
      let start = Clocks.wall()
      _ = try await store.search(request)
      return milliseconds(since: start) * 1_000
    }
    try await store.close()
    return result
  }

  // MARK: Ingest

  private func open(
    _ path: String, kind: IndexSpecification.Kind = .hnsw, keywords: Bool = true
  ) async throws -> VectorStore {
    try await VectorStore.open(
      path, backends: [LocalBackend.self],
      options: OpenOptions(
        space: space, declaredFields: [Field("year"), Field("price")], index: IndexSpecification(kind),
        keywords: keywords, threads: command.threads))
  }

  /// Documents a second, from the first call to the store's being closed.
  private func ingest(_ name: String, kind: IndexSpecification.Kind, keywords: Bool) async throws -> Double {
    let store = try await open("\(folder)/\(name)", kind: kind, keywords: keywords)
    var seconds = 0.0
    for first in stride(from: 0, to: base.count, by: command.batch) {
      let rows = first..<min(first + command.batch, base.count)
      let made = rows.map { documents.document($0) }
      let vectors = rows.map { Array(base[$0]) }
      let start = Clocks.wall()
      try await store.add(made, embeddings: vectors)
      seconds += milliseconds(since: start) / 1_000
      Console.progress(
        "\(name): \(rows.upperBound) of \(base.count) documents, \(Int(Double(rows.upperBound) / seconds)) a second")
    }
    let start = Clocks.wall()
    try await store.close()
    Console.endProgress()
    return (Double(base.count) / (seconds + milliseconds(since: start) / 1_000)).rounded()
  }

  // MARK: Searches

  private func recall(of store: VectorStore, efSearch: Int) async throws -> Double {
    var found = 0
    var wanted = 0
    for query in queries.prefix(300) {
      var request = SearchRequest(.vector(query), k: command.k)
      request.isExact = true
      let truth = try await store.search(request).hits
      request.isExact = false
      request.efSearch = efSearch
      let limit = truth.last?.distance ?? 0
      found += try await store.search(request).hits.count { $0.distance ?? .infinity <= limit }
      wanted += truth.count
    }
    return (Double(found) / Double(max(1, wanted))).rounded(digits: 5)
  }

  /// The first search with a filter, in a store that was opened for it and has answered once without. The files are in the
  /// system's cache, not in the store's.
  private func cold(_ path: String, _ filter: Filter) async throws -> Double {
    try await median((0..<command.rounds).map { $0 }) { round in
      let store = try await open(path)
      _ = try await store.search(vector: queries[round % queries.count], k: command.k)
      let start = Clocks.wall()
      _ = try await store.search(vector: queries[round % queries.count], k: command.k, filter: filter)
      let elapsed = milliseconds(since: start)
      try await store.close()
      return elapsed
    }
  }

  private func filtered(
    _ store: VectorStore, _ view: IndexView, efSearch: Int, filter: Filter
  ) async throws -> StoreResult.Search {
    // The keys of a fresh store count from 1 in the order of the documents.
    let allowed = try view.allowList { label in filter.matches(documents.document(Int(label) - 1)) }
    return try await takeTurns(store, view, efSearch: efSearch, filter: filter, allowed: allowed)
  }

  private func takeTurns(
    _ store: VectorStore, _ view: IndexView, efSearch: Int, filter: Filter?, allowed: AllowList?
  ) async throws -> StoreResult.Search {
    var ofStore: [Double] = []
    var ofEngine: [Double] = []
    let options = SearchOptions(efSearch: efSearch, allow: allowed)
    for _ in 0..<command.rounds {
      ofEngine.append(
        try await median(queries) { query in
          let start = Clocks.wall()
          _ = try view.search(query, k: command.k, options: options)
          return milliseconds(since: start) * 1_000
        })
      ofStore.append(
        try await median(queries) { query in
          var request = SearchRequest(.vector(query), k: command.k, filter: filter)
          request.efSearch = efSearch
          let start = Clocks.wall()
          _ = try await store.search(request)
          return milliseconds(since: start) * 1_000
        })
    }
    let (store, engine) = (middle(ofStore), middle(ofEngine))
    return StoreResult.Search(
      storeMicroseconds: store.rounded(digits: 2), engineMicroseconds: engine.rounded(digits: 2),
      ratio: (store / engine).rounded(digits: 3))
  }

  // MARK: Numbers

  private func median<Item>(_ items: [Item], _ measure: (Item) async throws -> Double) async throws -> Double {
    var values: [Double] = []
    values.reserveCapacity(items.count)
    for item in items { values.append(try await measure(item)) }
    return middle(values).rounded(digits: 2)
  }

  private func middle(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
  }

  private func milliseconds(since start: UInt64) -> Double { Double(Clocks.wall() - start) / 1e6 }

  private func size(_ path: String) -> Int {
    (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
  }
}
