// SPDX-License-Identifier: Apache-2.0

import Testing
import VectorStoreCore
import VectorStoreServer

@Suite("The store, its index, and files over HTTP")
struct StoreTests {
  @Test("statistics, count and index")
  func index() async throws {
    try await Service.run { service async throws in
      let statistics = try await service.get("/stats").json
      #expect(statistics["count"] == 3 && statistics["dimension"] == 64 && statistics["model"] == "hashing-1")
      #expect(statistics["service"]?["read_only"] == false && statistics["service"]?["files"] == false)
      #expect(try await service.get("/index").json["type"] == "hnsw")
      let made = try await service.send("POST", "/index", #"{"type": "hnsw", "m": 8, "ef_construction": 32}"#)
      #expect(made.status == 200 && made.json["m"] == 8)
      #expect(try await Exchange.send("DELETE", "/index", port: service.port).json["state"] == "none")
      for (body, code) in [
        (#"{"type": "ivfflat"}"#, "unsupported"), (#"{"type": "tree"}"#, "invalid_request"),
        (#"{"m": 1000}"#, "invalid_request"), (#"{"type": "exact", "m": 8}"#, "invalid_request"),
      ] {
        let answer = try await service.send("POST", "/index", body)
        #expect(answer.status == 422 && answer.code == code, "\(answer.text)")
      }
    }
  }

  @Test("a file goes to the closure, and its failure back to the client")
  func files() async throws {
    var options = ServerOptions()
    options.ingest = { store, name, bytes in
      guard name.hasSuffix(".txt") else {
        return try await store.sync([SourceDocuments(source: name, failure: "no text")])
      }
      let document = Document(content: String(decoding: bytes, as: UTF8.self))
      return try await store.sync([SourceDocuments(source: name, documents: [document])])
    }
    try await Service.run(options) { service async throws in
      let sent = try await Exchange.send(
        "POST", "/files?name=n%C3%B6te.txt", body: Array("a note".utf8), port: service.port)
      #expect(sent.json["added"] == 1)
      #expect(try await service.store.get(id: "nöte.txt#0")?.content == "a note")
      let failed = try await Exchange.send("POST", "/files?name=x.bin", body: [0], port: service.port)
      #expect(failed.status == 422 && failed.code == "unreadable_file" && failed.json["detail"] == "no text")
      #expect(try await Exchange.send("POST", "/files", body: [0], port: service.port).path == "name")
    }
    try await Service.run { service async throws in
      #expect(try await Exchange.send("POST", "/files?name=x.txt", body: [0], port: service.port).code == "unsupported")
    }
    // Texts cannot be taken in without an embedder.
    for (embedder, files) in [(HashingEmbedder.ofTests, true), (nil, false)] as [(HashingEmbedder?, Bool)] {
      try await Service.run(options, embedder: embedder) { service async throws in
        #expect(try await service.get("/stats").json["service"]?["files"] == .bool(files))
      }
    }
  }

  @Test("what writes is refused where the service is for reading only")
  func readOnly() async throws {
    var options = ServerOptions()
    options.isReadOnly = true
    try await Service.run(options) { service async throws in
      for (method, path) in [
        ("POST", "/documents"), ("PUT", "/documents/a"), ("PATCH", "/documents/a"), ("DELETE", "/documents/a"),
        ("POST", "/documents/delete"), ("POST", "/index"), ("DELETE", "/index"), ("POST", "/files?name=a.txt"),
      ] {
        let answer = try await service.send(method, path, "{}")
        #expect(answer.status == 403 && answer.code == "read_only", "\(method) \(path)")
      }
      #expect(try await service.get("/search?query=graph").status == 200)
    }
  }

  @Test("the page and its parts, which run nothing from elsewhere")
  func page() async throws {
    try await Service.run { service async throws in
      for (path, type) in [("/", "text/html"), ("/app.js", "text/javascript"), ("/app.css", "text/css")] {
        let answer = try await service.get(path)
        #expect(answer.status == 200 && answer.headers["content-type"]?.hasPrefix(type) == true)
        let policy = try #require(answer.headers["content-security-policy"])
        #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"))
        #expect(!answer.text.contains("http://") && !answer.text.contains("https://"))
      }
    }
    var options = ServerOptions()
    options.hasPage = false
    try await Service.run(options) { service async throws in #expect(try await service.get("/").status == 404) }
  }
}
