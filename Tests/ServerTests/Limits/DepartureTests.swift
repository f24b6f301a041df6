// SPDX-License-Identifier: Apache-2.0

import HNSW
import LocalBackend
import Testing
import VectorStoreCore
import VectorStoreServer
import VectorStoreTesting

@Suite("Clients that do not wait for their answers")
struct DepartureTests {
  private static func request(_ path: String, _ body: String) -> [UInt8] {
    Array(
      "POST \(path) HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        .utf8)
  }

  /// Runs a service on a store whose calls of a kind are late.
  private static func run(
    _ call: BackendCall, by delay: Duration,
    _ body: @escaping @Sendable (Service, FaultInjectingBackend) async throws -> Void
  ) async throws {
    let base = try await VectorStore.open("memory:", backends: [LocalBackend.self], embedder: HashingEmbedder.ofTests)
    try await base.add(Service.samples)
    let backend = FaultInjectingBackend(around: base.backend)
    backend.injectAlways(.isLate(by: delay), at: call)
    let store = VectorStore(backend: backend, embedder: HashingEmbedder.ofTests)
    var options = ServerOptions()
    options.limits.timeout = .seconds(3_600)
    try await Service.run(VectorStoreRoutes(StoreHandle(store), options: options), store) { service async throws in
      try await body(service, backend)
    }
  }

  @Test("a search that nobody waits for any more is cancelled")
  func search() async throws {
    try await Self.run(.candidates, by: .seconds(3_600)) { service, backend in
      try await Exchange.leave(Self.request("/search", #"{"query": "graph"}"#), port: service.port) {
        backend.count(of: .candidates) == 1
      }
      let left = #"vectorstore_http_requests_total{method="POST",route="/search",status="499"} 1"#
      var metrics = ""
      for _ in 0..<1_000 where !metrics.contains(left) {
        metrics = try await service.get("/metrics").text
        try await Task.sleep(for: .milliseconds(5))
      }
      #expect(metrics.contains(left) && metrics.contains("vectorstore_http_requests_active 0\n"))
    }
  }

  @Test("what changes the store is done all the same")
  func write() async throws {
    try await Self.run(.write, by: .milliseconds(300)) { service, backend in
      let body = #"[{"id": "left", "content": "graph"}]"#
      try await Exchange.leave(Self.request("/documents", body), port: service.port) { backend.count(of: .write) == 1 }
      var isThere = false
      for _ in 0..<1_000 where !isThere {
        isThere = try await service.get("/documents/left").status == 200
        try await Task.sleep(for: .milliseconds(5))
      }
      #expect(isThere)
    }
  }
}
