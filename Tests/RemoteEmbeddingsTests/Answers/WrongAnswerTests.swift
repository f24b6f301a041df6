// SPDX-License-Identifier: Apache-2.0

import ProviderDouble
import RemoteEmbeddings
import Testing
import VectorStoreCore

@Suite("answers that are wrong are errors that say how")
struct WrongAnswerTests {
  private static let good = "[1,0,0,0,0,0,0,0]"

  /// An error of one answer to two texts; it is asked for once only.
  private func error(_ body: String, headers: [(String, String)] = []) async throws -> VectorStoreError {
    let service = try Service { _ in ProviderReply(headers: headers, body: body) }
    let error = try #require(await service.error(["a", "b"]), "\(body)")
    #expect(service.double.requests.count == 1 && service.pauses.all.isEmpty)
    #expect(error.message.hasPrefix("the service ") && error.context[.provider] == "the service", "\(error)")
    #expect(error.context["url"] == "\(service.double.baseURL)/embeddings")
    return error
  }

  @Test(
    "numbers that are not finite name the row",
    arguments: [
      "null", "[1,NaN,0,0,0,0,0,0]", "[1,null,0,0,0,0,0,0]", "[1,-Infinity,0,0,0,0,0,0]", "[1,1e300,0,0,0,0,0,0]",
      "[1,Infinity,0,0,0,0,0,0]", "\"AACAfwAAgH8AAIB/AACAfwAAgH8AAIB/AACAfwAAgH8=\"",
    ])
  func notFinite(_ vector: String) async throws {
    let error = try await error(#"{"data":[{"index":1,"embedding":\#(vector)},{"index":0,"embedding":\#(Self.good)}]}"#)
    #expect(error.code == .embeddingFailed && error.context[.row] == "1", "\(error)")
    #expect(error.message.contains("NaN"))
  }

  @Test("rows are those of the call, not of the request")
  func row() async throws {
    let service = try Service(Service.options { ($0.batchSize, $0.concurrency) = (2, 1) }) { request in
      guard request.texts.contains("e") else { return nil }
      return ProviderReply(body: #"{"data":[{"index":0,"embedding":[NaN]},{"index":1,"embedding":\#(Self.good)}]}"#)
    }
    #expect(await service.error(["a", "b", "c", "d", "e", "f"])?.context[.row] == "4")
  }

  @Test(
    "a wrong number of vectors, wrong places and wrong dimensions",
    arguments: [
      (#"{"data":[]}"#, "0 vectors for 2 texts"), (#"{"data":[{"index":0,"embedding":[1]}]}"#, "1 vectors for 2 texts"),
      (#"{"data":[{"index":0,"embedding":\#(good)},{"index":0,"embedding":\#(good)}]}"#, "the index 0 twice"),
      (#"{"data":[{"index":0,"embedding":\#(good)},{"index":2,"embedding":\#(good)}]}"#, "the index 2"),
      (#"{"data":[{"index":0,"embedding":\#(good)},{"index":-1,"embedding":\#(good)}]}"#, "the index -1"),
      (#"{"data":[{"index":0,"embedding":\#(good)},{"embedding":\#(good)}]}"#, "without an index"),
      (#"{"data":[{"index":0,"embedding":\#(good)},{"index":1,"embedding":[]}]}"#, "empty"),
      (#"{"data":[{"index":0,"embedding":\#(good)},{"index":1,"embedding":[1,2,3]}]}"#, "3 dimensions in place of 8"),
      (#"{"data":[{"index":0,"embedding":[[1],[2]]},{"index":1,"embedding":[1]}]}"#, "one a token"),
      (#"{"data":[{"index":0,"embedding":["1"]},{"index":1,"embedding":[1]}]}"#, "other things"),
      (#"{"data":[{"index":0,"embedding":"%%%%"},{"index":1,"embedding":[1]}]}"#, "base64"),
      (#"{"data":[{"index":0,"embedding":"AAA="},{"index":1,"embedding":[1]}]}"#, "base64"),
      (#"{"data":[{"index":0,"embedding":true},{"index":1,"embedding":[1]}]}"#, "neither"),
    ])
  func counts(_ body: String, _ part: String) async throws {
    let error = try await error(body)
    #expect(error.message.contains(part), "\(error)")
    #expect(error.code == (part.contains("in place of") ? .dimensionMismatch : .embeddingFailed))
  }

  @Test(
    "what is no answer at all",
    arguments: [
      ("", "no JSON"), ("{", "no JSON"), (#"{"data":[{"index":0,"embedding":[1,2"#, "no JSON"), ("nonsense", "no JSON"),
      (#"{"data":[{"index":0,"embedding":[1,2}]}"#, "no JSON"), (#"{"data":[{"index":0]}"#, "no JSON"),
      (#"{"data":[]} trailing"#, "no JSON"), ("\"", "no JSON"), (#"{"data":"\"#, "without a list of vectors"),
      ("{\"a\\", "no JSON"),
      ("[]", "without a list of vectors"), ("{}", "without a list of vectors"),
      (#"{"data":7}"#, "without a list of vectors"), (#"{"data":[7]}"#, "without a list of vectors"),
      (#"[{"index":0,"embedding":[[1,2]]}]"#, "/v1"),
      (#"{"error":{"message":"no such thing"}}"#, "no such thing"), (#"{"error":"no such thing"}"#, "no such thing"),
      ("<!DOCTYPE html><html><head><title>Welcome to nginx!</title></head></html>", "a web page (Welcome to nginx!)"),
      ("\n <HTML>no title", "a web page"),
    ])
  func noAnswer(_ body: String, _ part: String) async throws {
    let error = try await error(body)
    #expect(error.code == .embeddingFailed && error.message.contains(part), "\(error)")
  }

  @Test("an answer without an end is left when it is larger than vectors can be")
  func endless() async throws {
    let service = try Service { _ in ProviderReply(manner: .endless) }
    let error = try #require(await service.error())
    #expect(error.code == .embeddingFailed && error.message.contains("sent too much"), "\(error)")
    #expect(service.double.requests.count == 1)
    try await service.double.wait { $0.abandoned == 1 }
    let refusing = try Service(Service.options { $0.retry.count = 0 }) { _ in
      ProviderReply(status: 503, manner: .endless)
    }
    #expect(await refusing.error()?.context["status"] == "503")
  }

  @Test("damaged answers are errors or answers, never a trap")
  func mutations() async throws {
    let texts = ["a", "b"]
    let body = Array(
      #"{"object":"list","data":[{"index":0,"embedding":[1,0,-0.5e-1,0]},{"index":1,"embedding":"AACAPwAAAAAAAAAAAAAAAA=="}],"usage":{"prompt_tokens":2}}"#
        .utf8)
    let service = try Service(Service.options { $0.knownDimension = 4 }) { request in
      var reply = ProviderReply()
      reply.body = body
      // Each byte is replaced by each of some others, and the body is cut at each place.
      let (place, kind) = (request.number / 8, request.number % 8)
      if kind == 7 {
        reply.body = Array(body.prefix(place))
      } else if place < body.count {
        reply.body[place] = Array("\"}],[-9".utf8)[kind]
      }
      return reply
    }
    var answers = 0
    for _ in 0..<(body.count * 8) {
      if let vectors = try? await service.embedder.embed(passages: texts) {
        answers += 1
        #expect(vectors.count == 2 && vectors.allSatisfy { $0.count == 4 && $0.allSatisfy(\.isFinite) })
      }
    }
    #expect(answers > 0 && answers < body.count * 4)
  }
}
