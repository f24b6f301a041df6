// SPDX-License-Identifier: Apache-2.0

import HNSW
import LocalBackend
import Logging
import VectorStoreCore
import VectorStoreServer
import VectorStoreTesting

/// A service that runs on a free port of this machine while a test asks it.
struct Service: Sendable {
  let port: Int
  let store: VectorStore

  /// Runs a service on a new store in memory, with some documents.
  static func run<Result: Sendable>(
    _ options: ServerOptions = ServerOptions(), embedder: (any Embedder)? = HashingEmbedder.ofTests,
    faults: (FaultInjectingBackend) -> Void = { _ in }, documents: [Document] = samples,
    _ body: @escaping @Sendable (Service) async throws -> Result
  ) async throws -> Result {
    let base = try await VectorStore.open("memory:", backends: [LocalBackend.self], embedder: embedder)
    if embedder != nil { try await base.add(documents) }
    let backend = FaultInjectingBackend(around: base.backend)
    faults(backend)
    let store = VectorStore(backend: backend, embedder: embedder)
    return try await run(VectorStoreRoutes(StoreHandle(store), options: options), store, body)
  }

  /// Runs a service of these routes.
  static func run<Result: Sendable>(
    _ routes: VectorStoreRoutes, _ store: VectorStore,
    logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
    _ body: @escaping @Sendable (Service) async throws -> Result
  ) async throws -> Result {
    let (ports, source) = AsyncStream<Int>.makeStream()
    let serving = Task {
      defer { source.finish() }
      try await routes.serve(port: 0, grace: .seconds(20), logger: logger) { port in
        if let port { source.yield(port) }
      }
    }
    var iterator = ports.makeAsyncIterator()
    guard let port = await iterator.next() else {
      try await serving.value
      throw Exchange.Failure(description: "it does not listen")
    }
    do {
      let result = try await body(Service(port: port, store: store))
      serving.cancel()
      try await serving.value
      return result
    } catch {
      serving.cancel()
      _ = await serving.result
      throw error
    }
  }

  static let samples = [
    Document(id: "a", content: "HNSW walks a graph of near neighbours", metadata: ["year": 2016, "lang": "en"]),
    Document(id: "b", content: "IVFFlat compares the vectors of a few lists", metadata: ["year": 2003, "lang": "en"]),
    Document(id: "c/1 %?", content: "向量数据库的备份", metadata: ["lang": "zh", "ratio": 1.0]),
  ]

  func get(_ path: String, headers: [String: String] = [:]) async throws -> Exchange {
    try await Exchange.send("GET", path, headers: headers, port: port)
  }

  func send(_ method: String, _ path: String, _ json: String, headers: [String: String] = [:]) async throws -> Exchange
  {
    try await Exchange.send(
      method, path, headers: ["Content-Type": "application/json"].merging(headers) { $1 }, body: Array(json.utf8),
      port: port)
  }
}

extension HashingEmbedder {
  static let ofTests = try? HashingEmbedder(dimension: 64)
}

extension Exchange {
  /// The body; null where it is no JSON.
  var json: JSONValue { (try? JSONValue(parsing: body)) ?? .null }

  /// The code of an error's document.
  var code: String? { json["code"]?.stringValue }
  /// The place of an error's document.
  var path: String? { json["path"]?.stringValue }
  var ids: [String]? { json["results"]?.arrayValue?.compactMap { $0["id"]?.stringValue } }
}
