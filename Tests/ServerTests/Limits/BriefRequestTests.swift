// SPDX-License-Identifier: Apache-2.0

import Logging
import Synchronization
import Testing
import VectorStoreCore
import VectorStoreServer
import VectorStoreTesting

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("Requests that stay on the threads of their connections")
struct BriefRequestTests {
  /// An embedder that notes on which threads it is asked.
  private final class Witness: Embedder {
    let space: EmbeddingSpace
    private let base: HashingEmbedder
    private let seen = Mutex<[String]>([])

    init(_ base: HashingEmbedder) {
      self.base = base
      space = base.space
    }

    var threads: [String] { seen.withLock { $0 } }

    func embed(passages texts: [String]) async throws -> [[Float]] {
      note()
      return try await base.embed(passages: texts)
    }

    func embed(queries texts: [String]) async throws -> [[Float]] {
      note()
      return try await base.embed(queries: texts)
    }

    private func note() {
      var name = [CChar](repeating: 0, count: 64)
      pthread_getname_np(pthread_self(), &name, name.count)
      let text = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      seen.withLock { $0.append(text) }
    }
  }

  @Test(
    "a short search runs on its connection's thread; a long one and what changes the store do not",
    arguments: [
      ("/search", #"{"query": "graph"}"#, true),
      ("/search", #"{"query": "graph", "k": 500}"#, false),
      ("/search", #"{"query": "graph", "mmr": true}"#, false),
      ("/search", #"{"query": "graph", "include_vectors": true}"#, false),
      ("/search", #"{"query": "graph", "highlight": true}"#, false),
      ("/search/batch", #"{"searches": [{"query": "graph"}]}"#, false),
      ("/documents", #"[{"content": "graph"}]"#, false),
      ("/v1/embeddings", #"{"input": "graph"}"#, false),
    ])
  func threads(path: String, body: String, isBrief: Bool) async throws {
    let witness = Witness(try #require(HashingEmbedder.ofTests))
    try await Service.run(embedder: witness) { service async throws in
      let before = witness.threads.count
      #expect(try await service.send("POST", path, body).status == 200)
      let threads = witness.threads.dropFirst(before)
      // SwiftNIO names the threads of its loops.
      #expect(threads.count == 1 && threads.allSatisfy { $0.hasPrefix("NIO-") == isBrief }, "\(threads)")
    }
  }

  @Test("a body that takes long to read is not read on the connection's thread")
  func largeBody() async throws {
    let witness = Witness(try #require(HashingEmbedder.ofTests))
    try await Service.run(embedder: witness) { service async throws in
      let before = witness.threads.count
      let spaces = String(repeating: " ", count: 70_000)
      #expect(try await service.send("POST", "/search", #"{"query": "graph"}"# + spaces).status == 200)
      #expect(!witness.threads.dropFirst(before).contains { $0.hasPrefix("NIO-") })
    }
  }

  @Test("requests on one connection are answered in turn, each with what it asked for")
  func keptConnection() async throws {
    try await Service.run { service async throws in
      let ids = ["a", "b", "c%2F1%20%25%3F"]
      var bytes = ""
      for turn in 0..<60 {
        let last = turn == 59 ? "Connection: close\r\n" : ""
        bytes += "GET /documents/\(ids[turn % 3]) HTTP/1.1\r\nHost: localhost\r\n\(last)\r\n"
      }
      let answers = String(decoding: try await Exchange.raw(Array(bytes.utf8), port: service.port), as: UTF8.self)
      let found = answers.matches(of: /"id":"([^"]+)"/).map { String($0.output.1) }
      #expect(found == (0..<60).map { ["a", "b", "c/1 %?"][$0 % 3] })
      let metrics = try await service.get("/metrics").text
      #expect(metrics.contains("vectorstore_http_requests_active 0\n"))
    }
  }
}
