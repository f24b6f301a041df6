// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import VectorStoreCore
import VectorStoreServer

@Suite("Documents over HTTP")
struct DocumentTests {
  @Test("the guide's POST /documents: a list of content and metadata")
  func addList() async throws {
    try await Service.run { service async throws in
      let answer = try await service.send(
        "POST", "/documents",
        #"[{"content": "one", "metadata": {"n": 9007199254740993, "r": 1.0}}, {"content": "two"}]"#)
      #expect(answer.status == 200)
      let json = answer.json
      #expect(json["status"] == "success" && json["count"] == 2)
      let ids = json["ids"]?.arrayValue?.compactMap(\.stringValue) ?? []
      try #require(ids.count == 2)
      let one = try await service.get("/documents/\(ids[0])")
      #expect(one.text.contains(#""metadata":{"n":9007199254740993,"r":1.0}"#))
    }
  }

  @Test("an object of documents; with and without vectors; all or none")
  func addMixed() async throws {
    try await Service.run { service async throws in
      let vector = "[1" + String(repeating: ",0", count: 63) + "]"
      let answer = try await service.send(
        "POST", "/documents",
        #"{"documents": [{"id": "x", "content": "graph", "embedding": \#(vector)}, {"id": "y", "content": "lists"}]}"#)
      #expect(answer.status == 200)
      let x = try await service.get("/documents/x?include_vectors=true")
      #expect(x.json["embedding"]?.arrayValue?.first == 1.0)
      let refused = try await service.send(
        "POST", "/documents", #"[{"id": "p", "content": "fine"}, {"id": "q", "content": "short", "embedding": [1, 2]}]"#
      )
      #expect(refused.status == 422 && refused.code == "dimension_mismatch")
      #expect(try await service.get("/documents/p").status == 404)
    }
  }

  @Test("what is wrong with a document is said with its place")
  func refused() async throws {
    try await Service.run { service async throws in
      for (body, status, code, path) in [
        (#"[{"content": 1}]"#, 422, "invalid_request", "[0].content"),
        (#"[{"metadata": {}}]"#, 422, "invalid_request", "[0].content"),
        (#"[{"content": "a"}, {"content": "a", "metdata": {}}]"#, 422, "invalid_request", "[1].metdata"),
        (
          #"{"documents": [{"content": "a", "embedding": [1, "x"]}]}"#, 422, "invalid_request",
          "documents[0].embedding[1]"
        ),
        (#"[{"content": "a", "metadata": {"x": "\u0000"}}]"#, 422, "invalid_document", "x"),
        (#"[{"id": "", "content": "a"}]"#, 422, "invalid_document", nil),
        (#"[{"content": "a", "content": "b"}]"#, 400, "invalid_json", nil),
        (#"[{"content": "a"}"#, 400, "invalid_json", nil),
        ("\"text\"", 422, "invalid_request", nil),
        (String(repeating: "[", count: 5_000), 400, "invalid_json", nil),
      ] as [(String, Int, String, String?)] {
        let answer = try await service.send("POST", "/documents", body)
        #expect(
          answer.status == status && answer.code == code && answer.path == path, "\(body.prefix(60)): \(answer.text)")
        #expect(answer.headers["content-type"] == "application/problem+json")
        #expect(answer.json["request_id"]?.stringValue == answer.headers["x-request-id"])
      }
      let bytes = try await Exchange.send(
        "POST", "/documents", headers: ["Content-Type": "application/json"], body: [0x22, 0xFF, 0x22],
        port: service.port)
      #expect(bytes.status == 400 && bytes.code == "invalid_json")
      let form = try await service.send("POST", "/documents", "[]", headers: ["Content-Type": "text/plain"])
      #expect(form.status == 415)
      #expect(try await service.store.count() == 3)
    }
  }

  @Test("ids of any kind in the path: encoded, with slashes, and the words of other paths")
  func ids() async throws {
    try await Service.run { service async throws in
      #expect(try await service.get("/documents/c%2F1%20%25%3F").json["metadata"]?["ratio"] == 1.0)
      #expect(try await service.get("/documents/c/1%20%25%3F").status == 200)
      for (id, path) in [
        ("delete", "delete"), ("a//b", "a//b"), ("备份", "%E5%A4%87%E4%BB%BD"), ("/x", "%2Fx"), ("..", "%2E%2E"),
      ] {
        let put = try await service.send("PUT", "/documents/\(path)", #"{"content": "of \#(id)"}"#)
        #expect(put.status == 200 && put.json["ids"] == [.string(id)])
        let got = try await service.get("/documents/\(path)")
        #expect(got.json["id"] == .string(id) && got.json["content"] == .string("of \(id)"))
        #expect(try await Exchange.send("DELETE", "/documents/\(path)", port: service.port).status == 200)
      }
      #expect(try await service.get("/documents/%FF").code == "invalid_path")
      #expect(try await service.get("/documents/%2").code == "invalid_path")
      let missing = try await service.get("/documents/none")
      #expect(missing.status == 404 && missing.json["id"] == "none")
    }
  }

  @Test("PATCH lays metadata over, takes members away, or replaces all")
  func patch() async throws {
    try await Service.run { service async throws in
      let merged = try await service.send("PATCH", "/documents/a", #"{"metadata": {"year": null, "tag": "x"}}"#)
      #expect(merged.json["metadata"] == ["lang": "en", "tag": "x"])
      let replaced = try await service.send("PATCH", "/documents/a", #"{"metadata": {"z": 1}, "merge": false}"#)
      #expect(replaced.json["metadata"] == ["z": 1])
      #expect(try await service.send("PATCH", "/documents/none", #"{"metadata": {}}"#).status == 404)
      #expect(try await service.send("PATCH", "/documents/a", "{}").path == "metadata")
    }
  }

  @Test("deletes by ids and by filter, never by neither or both")
  func delete() async throws {
    try await Service.run { service async throws in
      #expect(try await service.send("POST", "/documents/delete", #"{"ids": ["a", "none"]}"#).json["deleted"] == 1)
      for body in ["{}", #"{"ids": [], "filter": {}}"#, #"{"filter": null}"#] {
        #expect(try await service.send("POST", "/documents/delete", body).status == 422)
      }
      #expect(try await service.send("POST", "/documents/delete", #"{"filter": {"lang": "zh"}}"#).json["deleted"] == 1)
      #expect(try await Exchange.send("DELETE", "/documents/none", port: service.port).status == 404)
      #expect(try await service.get("/count").json == ["count": 1])
    }
  }

  @Test("lists pages in the order of ids, with a filter and a cursor")
  func list() async throws {
    try await Service.run { service async throws in
      let first = try await service.get("/documents?limit=2").json
      #expect(first["documents"]?.arrayValue?.compactMap { $0["id"]?.stringValue } == ["a", "b"])
      let cursor = try #require(first["cursor"]?.stringValue)
      let encoded = try #require(cursor.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
      let second = try await service.get("/documents?limit=2&cursor=\(encoded)").json
      #expect(second["documents"]?.arrayValue?.count == 1 && second["cursor"] == .null)
      let filter = "%7B%22year%22:%7B%22$gte%22:2010%7D%7D"
      #expect(try await service.get("/documents?filter=\(filter)").json["documents"]?.arrayValue?.count == 1)
      #expect(try await service.get("/count?filter=\(filter)").json["count"] == 1)
      for (query, status) in [
        ("limit=0", 422), ("limit=1001", 422), ("limt=2", 422), ("filter=%7B", 400), ("limit=1&limit=2", 422),
      ] {
        #expect(try await service.get("/documents?\(query)").status == status)
      }
    }
  }
}
