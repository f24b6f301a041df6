// SPDX-License-Identifier: Apache-2.0

import Testing
import VectorStoreCore
import VectorStoreServer
import VectorStoreTesting

@Suite("Limits")
struct LimitTests {
  @Test("bodies beyond the limit are refused, whether their length is told or not")
  func body() async throws {
    var options = ServerOptions()
    options.limits.bodyBytes = 1_000
    try await Service.run(options) { service async throws in
      let text = "[{\"content\": \"\(String(repeating: "x", count: 2_000))\"}]"
      let told = try await service.send("POST", "/documents", text)
      #expect(told.status == 413 && told.code == "body_too_large")
      let head =
        "POST /documents HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
      let chunks = String(repeating: "200\r\n\(String(repeating: "x", count: 512))\r\n", count: 4) + "0\r\n\r\n"
      let untold = try Exchange(parsing: try await Exchange.raw(Array((head + chunks).utf8), port: service.port))
      #expect(untold.status == 413)
      let small =
        "POST /documents HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n"
      let answer = try await Exchange.raw(Array((small + "2\r\n[]\r\n0\r\n\r\n").utf8), port: service.port)
      #expect(String(decoding: answer, as: UTF8.self).hasPrefix("HTTP/1.1 100"))
      #expect(try Exchange(parsing: answer).status == 200)
    }
  }

  @Test("a body that is none is the client's fault")
  func malformedBody() async throws {
    try await Service.run { service async throws in
      let head = "POST /documents HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTransfer-Encoding: "
      for rest in ["gzip\r\n\r\n[]", "chunked\r\n\r\nzz\r\n[]\r\n0\r\n\r\n"] {
        let answer = try Exchange(parsing: try await Exchange.raw(Array((head + rest).utf8), port: service.port))
        #expect(answer.status == 400, "\(rest): \(answer.text)")
      }
      let metrics = try await service.get("/metrics").text
      #expect(!metrics.contains(#"status="5"#), "\(metrics)")
    }
  }

  @Test("the documents of a batch's answer are limited, those with vectors more")
  func batchHits() async throws {
    var options = ServerOptions()
    options.limits.batchHits = 30
    try await Service.run(options) { service async throws in
      for (search, count, status) in [
        (#"{"query": "graph", "k": 15}"#, 2, 200), (#"{"query": "graph", "k": 16}"#, 2, 422),
        (#"{"query": "graph", "k": 1, "include_vectors": true}"#, 3, 200),
        (#"{"query": "graph", "k": 2, "include_vectors": true}"#, 2, 422),
      ] {
        let searches = Array(repeating: search, count: count).joined(separator: ",")
        let answer = try await service.send("POST", "/search/batch", #"{"searches": [\#(searches)]}"#)
        #expect(answer.status == status && (status == 200 || answer.path == "searches"), "\(search): \(answer.text)")
      }
    }
  }

  @Test("documents, ids, searches and texts of a call are limited")
  func counts() async throws {
    var options = ServerOptions()
    options.limits.batch = 2
    options.limits.searches = 1
    options.limits.texts = 1
    options.limits.k = 3
    try await Service.run(options) { service async throws in
      let three = #"[{"content": "1"}, {"content": "2"}, {"content": "3"}]"#
      for (path, body) in [
        ("/documents", three), ("/documents", "{\"documents\": \(three)}"),
        ("/documents/delete", #"{"ids": ["1", "2", "3"]}"#),
        ("/search/batch", #"{"searches": [{"query": "a"}, {"query": "b"}]}"#),
        ("/v1/embeddings", #"{"input": ["a", "b"]}"#),
        ("/search", #"{"query": "a", "k": 4}"#),
      ] {
        #expect(try await service.send("POST", path, body).status == 422, "\(path)")
      }
      #expect(try await service.send("POST", "/search", #"{"query": "graph"}"#).ids?.count == 3)
      let numbers = (0..<1_000).map(String.init).joined(separator: ",")
      let filters = [
        #"{"n": {"$in": [\#(numbers)]}}"#, #"{"n": {"$like": "\#(String(repeating: "%a", count: 40_000))"}}"#,
      ]
      for filter in filters {
        let answer = try await service.send("POST", "/search", #"{"query": "graph", "filter": \#(filter)}"#)
        #expect(answer.status == 422 && answer.path == "filter")
      }
    }
  }

  @Test("a search that takes too long is cancelled and answered with 504")
  func timeout() async throws {
    var options = ServerOptions()
    options.limits.timeout = .milliseconds(100)
    try await Service.run(options, faults: { $0.inject(.isLate(by: .seconds(3_600)), at: .candidates) }) {
      service async throws in
      let late = try await service.send("POST", "/search", #"{"query": "graph"}"#)
      #expect(late.status == 504 && late.code == "timeout" && late.headers["retry-after"] == "5")
      #expect(try await service.send("POST", "/search", #"{"query": "graph"}"#).status == 200)
    }
  }

  @Test("a body that does not come is given up")
  func slowBody() async throws {
    var options = ServerOptions()
    options.limits.bodyTimeout = .milliseconds(100)
    try await Service.run(options) { service async throws in
      let head = "POST /documents HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n["
      let answer = try Exchange(parsing: try await Exchange.raw(Array(head.utf8), port: service.port))
      #expect(answer.status == 408 && answer.code == "body_timeout")
    }
  }

  @Test("a head that does not come is given up without an answer")
  func slowHead() async throws {
    var options = ServerOptions()
    options.limits.idleTimeout = .milliseconds(200)
    try await Service.run(options) { service async throws in
      let answer = try await Exchange.raw(Array("GET /healthz HTTP/1.1\r\nHost: lo".utf8), port: service.port)
      #expect(answer.isEmpty)
    }
  }

  @Test("beyond what is worked on and what waits, requests are turned away; none of the others is lost")
  func crowd() async throws {
    var options = ServerOptions()
    options.limits.concurrentRequests = 2
    options.limits.waitingRequests = 6
    try await Service.run(options, faults: { $0.injectAlways(.isLate(by: .milliseconds(300)), at: .candidates) }) {
      service async throws in
      let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<12 { group.addTask { try await service.send("POST", "/search", #"{"query": "graph"}"#).status } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(statuses.allSatisfy { $0 == 200 || $0 == 429 })
      // How many of them are there at a time is not for this test to say; eight fit at any.
      #expect(statuses.count { $0 == 200 } >= 8)
      // Health does not wait.
      #expect(try await service.get("/healthz").status == 200)
      let metrics = try await service.get("/metrics").text
      #expect(
        metrics.contains("vectorstore_http_requests_active 0\n")
          && metrics.contains("vectorstore_http_requests_waiting 0\n"))
    }
  }
}
