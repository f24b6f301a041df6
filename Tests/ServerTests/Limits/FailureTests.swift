// SPDX-License-Identifier: Apache-2.0

import LocalBackend
import Testing
import VectorStoreCore
import VectorStoreServer
import VectorStoreTesting

@Suite("Failures of the store")
struct FailureTests {
  @Test(
    "every code of the store has its status, and what is inside stays inside",
    arguments: VectorStoreError.Code.all.map(\.description))
  func codes(name: String) async throws {
    let code = try #require(VectorStoreError.Code.all.first { $0.description == name })
    let expected: [VectorStoreError.Code: Int] = [
      .invalidJSON: 400, .invalidFilter: 400, .invalidArgument: 422, .decodingFailed: 422, .encodingFailed: 500,
      .embeddingSpaceMismatch: 409, .dimensionMismatch: 422, .zeroNormQuery: 422, .embedderMissing: 422,
      .embeddingFailed: 502, .notFound: 404, .unsupported: 422, .invalidIdentifier: 422, .invalidRow: 422,
      .schemaMismatch: 500, .busy: 503, .readOnly: 403, .corrupt: 500, .unavailable: 503, .io: 500, .backend: 500,
    ]
    let status = try #require(expected[code], "a code without a status: \(code)")
    let error = VectorStoreError(code, "secret of /var/db at line 7", context: [.table: "inner", .row: "3"])
    try await Service.run(faults: { $0.injectAlways(.fails(error), at: .candidates) }) { service async throws in
      let answer = try await service.send("POST", "/search", #"{"query": "graph"}"#)
      #expect(answer.status == status)
      #expect(!answer.text.contains("inner"))
      if status >= 500 || status == 403 { #expect(!answer.text.contains("secret")) }
      #expect((answer.headers["retry-after"] != nil) == (status == 503))
      #expect(answer.json["status"] == .integer(Int64(status)) && answer.json["title"] != nil)
    }
  }

  @Test("an error of no kind is a plain 500")
  func unknown() async throws {
    struct Inner: Error { let secret = "inside" }
    struct Broken: Embedder {
      let space = EmbeddingSpace(model: "broken", dimension: 4)
      func embed(passages texts: [String]) async throws -> [[Float]] { throw Inner() }
      func embed(queries texts: [String]) async throws -> [[Float]] { throw Inner() }
    }
    try await Service.run(embedder: Broken(), documents: []) { service async throws in
      let answer = try await service.send("POST", "/search", #"{"query": "graph"}"#)
      #expect(answer.status == 500 && answer.code == "internal_error" && !answer.text.contains("nside"))
      let ready = try await service.get("/readyz")
      #expect(ready.status == 503 && ready.code == "not_ready" && ready.text.contains("the embedder"))
      #expect(try await service.get("/healthz").status == 200)
    }
  }

  @Test("a store that cannot be reached makes the service not ready")
  func notReady() async throws {
    try await Service.run(faults: { $0.injectAlways(.fails(), at: .get) }) { service async throws in
      #expect(try await service.get("/readyz").code == "not_ready")
    }
    try await Service.run { service async throws in
      #expect(try await service.get("/readyz").json == ["status": "ready", "store": "ok", "embedder": "ok"])
    }
  }

  @Test("the log tells why the service is not ready")
  func notReadyCause() async throws {
    let base = try await VectorStore.open("memory:", backends: [LocalBackend.self], embedder: HashingEmbedder.ofTests)
    let backend = FaultInjectingBackend(around: base.backend)
    backend.injectAlways(.fails(VectorStoreError(.unavailable, "no route to it")), at: .get)
    let store = VectorStore(backend: backend, embedder: nil)
    let lines = LogLines()
    try await Service.run(VectorStoreRoutes(StoreHandle(store)), store, logger: lines.logger) { service async throws in
      let answer = try await service.get("/readyz", headers: ["X-Request-ID": "ready-1"])
      #expect(answer.status == 503 && !answer.text.contains("route"))
    }
    #expect(lines.all.contains { $0.contains("no route to it") && $0.contains("ready-1") }, "\(lines.all)")
  }

  @Test("an answer is found in the log by its id")
  func requestIDs() async throws {
    try await Service.run { service async throws in
      #expect(try await service.get("/healthz", headers: ["X-Request-ID": "abc-1"]).headers["x-request-id"] == "abc-1")
      let made = try await service.get("/healthz", headers: ["X-Request-ID": "has space"]).headers["x-request-id"]
      #expect(made?.contains(" ") == false && made?.isEmpty == false)
    }
  }
}
