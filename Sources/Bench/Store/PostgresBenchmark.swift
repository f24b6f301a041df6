// SPDX-License-Identifier: Apache-2.0

import Foundation
import HNSW
import PostgresBackend
import VectorStoreCore

/// The steps of `vectorstore-bench store --store postgresql://…`.
struct PostgresBenchmark {
  private let command: StoreCommand
  private let url: String
  private let base: Matrix<Float>
  private let queries: [[Float]]
  private let documents = MadeDocuments()

  init(_ command: StoreCommand, url: String) throws {
    self.command = command
    self.url = url
    let all = try VectorFile.readVectors(command.base)
    let count = min(all.count, command.limit ?? all.count)
    base = Matrix(dimension: all.dimension, values: Array(all.values.prefix(count * all.dimension)))
    let queryRows = try VectorFile.readVectors(command.query)
    guard queryRows.dimension == base.dimension, base.count > 0, queryRows.count > 0 else {
      throw BenchError("\(command.base) and \(command.query) must have vectors, of one dimension")
    }
    queries = (0..<queryRows.count).map { Array(queryRows[$0]) }
  }

  func run() async throws -> PostgresResult {
    var engineOptions = PGEngine.Options()
    engineOptions.maximumSize = command.pool
    let engine = try PGEngine(StoreURL(url).location, options: engineOptions)
    do {
      let result = try await run(engine)
      await engine.close()
      return result
    } catch {
      await engine.close()
      throw error
    }
  }

  private func run(_ engine: PGEngine) async throws -> PostgresResult {
    var result = PostgresResult()
    result.documents = base.count
    result.dimension = base.dimension
    result.k = command.k
    result.efSearch = command.efSearch ?? 40
    var backend = try await open(engine, overwritesExisting: !command.filled)
    if !command.filled {
      let batches = makeBatches()
      let alone = try await fill(backend, batches, tasks: 1)
      backend = try await open(engine, overwritesExisting: true)
      let together = try await fill(backend, batches, tasks: command.tasks)
      let start = Clocks.wall()
      try await backend.createIndex(IndexSpecification(.hnsw, m: 16, efConstruction: 64), progress: nil)
      result.ingest = .init(
        perSecond: max(alone, together), callsInTurn: alone, callsAtOnce: together,
        indexSeconds: seconds(since: start).rounded(digits: 2))
    }
    let store = VectorStore(backend: backend, space: space)
    result.recall = try await recall(store)
    try await search(store, &result)
    return result
  }

  private var space: EmbeddingSpace { EmbeddingSpace(model: "", dimension: base.dimension, metric: .cosine) }

  private func open(_ engine: PGEngine, overwritesExisting: Bool) async throws -> PostgresBackend {
    try await PostgresBackend.open(
      engine, table: PostgresTable(overwritesExisting: overwritesExisting),
      options: OpenOptions(table: command.table, space: space, keywords: false, threads: command.threads))
  }

  /// The documents of one call.
  private struct Batch: Sendable {
    let documents: [Document]
    let vectors: [[Float]]
  }

  private func makeBatches() -> [Batch] {
    stride(from: 0, to: base.count, by: command.batch).map { first in
      let rows = first..<min(first + command.batch, base.count)
      return Batch(documents: rows.map { documents.document($0) }, vectors: rows.map { Array(base[$0]) })
    }
  }

  /// Adds all documents, so many calls at once.
  ///
  /// - Returns: documents a second.
  private func fill(_ backend: PostgresBackend, _ batches: [Batch], tasks: Int) async throws -> Double {
    let store = VectorStore(backend: backend, space: space)
    let turns = Turns(batches.count)
    let start = Clocks.wall()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<tasks {
        group.addTask {
          while let place = turns.next() {
            try await store.add(batches[place].documents, embeddings: batches[place].vectors)
            Console.progress("\(tasks) at once: call \(place + 1) of \(batches.count)")
          }
        }
      }
      try await group.waitForAll()
    }
    let elapsed = seconds(since: start)
    Console.endProgress()
    return (Double(base.count) / elapsed).rounded()
  }

  private func recall(_ store: VectorStore) async throws -> Double {
    var found = 0
    var wanted = 0
    for query in queries.prefix(200) {
      var request = request(query)
      request.isExact = true
      let truth = try await store.search(request).hits
      let limit = truth.last?.distance ?? 0
      found += try await store.search(self.request(query)).hits.count { $0.distance ?? .infinity <= limit }
      wanted += truth.count
    }
    return (Double(found) / Double(max(1, wanted))).rounded(digits: 5)
  }

  private func request(_ query: [Float]) -> SearchRequest {
    var request = SearchRequest(.vector(query), k: command.k)
    request.efSearch = command.efSearch
    return request
  }

  private func search(_ store: VectorStore, _ result: inout PostgresResult) async throws {
    var latencies: [Double] = []
    var together: [Double] = []
    var rates: (single: [Double], concurrent: [Double]) = ([], [])
    var processor: [Double] = []
    for query in queries.prefix(100) { _ = try await store.search(request(query)) }
    // Opening the pool's connections is nobody's search.
    _ = try await concurrently(store)
    for _ in 0..<command.rounds {
      let used = Clocks.processor()
      let alone = try await passes {
        for query in queries { latencies.append(try await timed(store, query)) }
      }
      rates.single.append(alone.perSecond)
      processor.append(Double(Clocks.processor() - used) / 1e3 / Double(alone.searches))
      rates.concurrent.append(try await passes { together += try await concurrently(store) }.perSecond)
    }
    result.single = searches(latencies, rates.single, tasks: 1)
    result.single.clientProcessor = middle(processor).rounded(digits: 1)
    result.concurrent = searches(together, rates.concurrent, tasks: command.tasks)
  }

  /// Searches for all queries, again and again for the time that is asked for.
  private func passes(_ pass: () async throws -> Void) async throws -> (searches: Int, perSecond: Double) {
    let start = Clocks.wall()
    var searches = 0
    repeat {
      try await pass()
      searches += queries.count
    } while seconds(since: start) < command.minSeconds
    return (searches, Double(searches) / seconds(since: start))
  }

  private func searches(_ latencies: [Double], _ rates: [Double], tasks: Int) -> PostgresResult.Searches {
    let sorted = latencies.sorted()
    func percentile(_ share: Double) -> Double {
      sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))].rounded(digits: 1)
    }
    return PostgresResult.Searches(
      tasks: tasks, pool: command.pool, perSecond: middle(rates).rounded(digits: 1), p50: percentile(0.5),
      p95: percentile(0.95), p99: percentile(0.99))
  }

  /// Microseconds of one search.
  private func timed(_ store: VectorStore, _ query: [Float]) async throws -> Double {
    let start = Clocks.wall()
    _ = try await store.search(request(query))
    return seconds(since: start) * 1e6
  }

  /// Microseconds of each search. Who is done takes the next query, so that none waits for the end of another's share.
  private func concurrently(_ store: VectorStore) async throws -> [Double] {
    let turns = Turns(queries.count)
    return try await withThrowingTaskGroup(of: [Double].self) { group in
      for _ in 0..<command.tasks {
        group.addTask {
          var latencies: [Double] = []
          while let place = turns.next() { latencies.append(try await timed(store, queries[place])) }
          return latencies
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
  }

  private func middle(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
  }

  private func seconds(since start: UInt64) -> Double { Double(Clocks.wall() - start) / 1e9 }
}
