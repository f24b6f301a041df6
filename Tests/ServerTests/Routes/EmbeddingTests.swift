// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import VectorStoreCore
import VectorStoreServer
import VectorStoreTesting

@Suite("OpenAI's /v1/embeddings")
struct EmbeddingTests {
  @Test("vectors as numbers and in base64 are the embedder's own")
  func vectors() async throws {
    let embedder = DeterministicEmbedder(dimension: 5, model: "five")
    try await Service.run(embedder: embedder) { service async throws in
      let body = #"{"model": "five", "input": ["one", "two"], "dimensions": 5}"#
      let numbers = try await service.send("POST", "/v1/embeddings", body).json
      #expect(numbers["object"] == "list" && numbers["model"] == "five")
      for (place, text) in ["one", "two"].enumerated() {
        let item = try #require(numbers["data"]?.arrayValue?[place])
        #expect(item["index"] == .integer(Int64(place)) && item["object"] == "embedding")
        let given = try #require(item["embedding"]?.arrayValue?.map { Float($0.description) })
        #expect(given == embedder.vector(of: text).map(Optional.init))
      }
      let encoded = try await service.send("POST", "/v1/embeddings", #"{"input": "one", "encoding_format": "base64"}"#)
        .json
      let text = try #require(encoded["data"]?.arrayValue?.first?["embedding"]?.stringValue)
      let data = try #require(Data(base64Encoded: text))
      let expected = embedder.vector(of: "one").flatMap { number in
        withUnsafeBytes(of: number.bitPattern.littleEndian) { Array($0) }
      }
      #expect(Array(data) == expected)
      #expect(try await service.get("/v1/models").json["data"]?.arrayValue?.first?["id"] == "five")
    }
  }

  @Test("errors have OpenAI's shape")
  func errors() async throws {
    try await Service.run { service async throws in
      for (body, status, code, param) in [
        (#"{"input": "a", "model": "text-embedding-3-small"}"#, 404, "model_not_found", "model"),
        (#"{"input": []}"#, 422, "invalid_request", "input"),
        (#"{"input": [1, 2]}"#, 422, "invalid_request", "input[0]"),
        (#"{"input": ""}"#, 422, "invalid_request", "input"),
        (#"{"input": "a", "dimensions": 63}"#, 422, "invalid_request", "dimensions"),
        (#"{"input": "a", "encoding_format": "hex"}"#, 422, "invalid_request", "encoding_format"),
      ] {
        let answer = try await service.send("POST", "/v1/embeddings", body)
        let error = answer.json["error"]
        #expect(
          answer.status == status && error?["code"] == .string(code) && error?["param"] == .string(param),
          "\(answer.text)")
        #expect(error?["type"] == "invalid_request_error" && error?["message"]?.stringValue?.isEmpty == false)
      }
    }
    try await Service.run(embedder: nil) { service async throws in
      #expect(
        try await service.send("POST", "/v1/embeddings", #"{"input": "a"}"#).json["error"]?["code"] == "no_embedder")
      #expect(try await service.get("/v1/models").json["data"] == [])
    }
  }
}
