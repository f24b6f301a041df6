// SPDX-License-Identifier: Apache-2.0

import ProviderDouble
import RemoteEmbeddings
import Testing
import VectorStoreCore

@Suite("texts go in batches")
struct BatchTests {
  private func texts(_ count: Int) -> [String] { (0..<count).map { "text number \($0)" } }

  @Test("of the provider's size, several at a time, put together in order")
  func order() async throws {
    let service = try Service.using(
      Service.options { $0.concurrency = 3 }, provider: { .dashScope(key: nil, baseURL: $0) })
    let texts = texts(95)
    #expect(isClose(try await service.embedder.embed(passages: texts), Service.vectors(texts)))
    let requests = service.double.requests
    #expect(requests.count == 10 && requests.allSatisfy { $0.texts.count <= 10 })
    #expect(service.double.connections <= 3, "connections are used again")
  }

  @Test("no more are in flight than are allowed, over all calls")
  func concurrency() async throws {
    let service = try Service(Service.options { ($0.concurrency, $0.batchSize) = (2, 1) })
    let texts = texts(12)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask {
          let vectors = try await service.embedder.embed(passages: texts)
          #expect(isClose(vectors, Service.vectors(texts)))
        }
      }
      try await group.waitForAll()
    }
    #expect(service.double.requests.count == 48)
    #expect(service.double.mostAnswering <= 2 && service.double.connections <= 2)
  }

  @Test(
    "a refusal that names its limit teaches it for good",
    arguments: [
      (
        400,
        #"{"error":{"message":"<400> InternalError.Algo.InvalidParameter: Value error, batch size is invalid, it should not be larger than 10.: input.contents"}}"#
      ),
      (413, #"{"error":"batch size 64 > maximum allowed batch size 10","error_type":"Validation"}"#),
      (422, #"{"message":"input batch size 64 > maximum allowed batch size 10","code":422,"type":"validation"}"#),
      (
        400,
        #"{"error":{"message":"'$.input' is invalid: array too long. Expected an array with maximum length 10, but got 64"}}"#
      ),
    ])
  func learnt(_ status: Int, _ body: String) async throws {
    let service = try Service(Service.options { ($0.concurrency, $0.batchSize) = (1, 64) }) { request in
      request.texts.count > 10 ? ProviderReply(status: status, body: body) : nil
    }
    let texts = texts(70)
    #expect(isClose(try await service.embedder.embed(passages: texts), Service.vectors(texts)))
    #expect(service.double.requests.map { $0.texts.count } == [64, 10, 10, 10, 10, 10, 10, 4, 6])
    #expect(service.embedder.batchSize == 10)
    #expect(isClose(try await service.embedder.embed(passages: texts), Service.vectors(texts)))
    #expect(service.double.requests.dropFirst(9).allSatisfy { $0.texts.count == 10 })
    #expect(service.pauses.all.isEmpty)
  }

  @Test(
    "a refusal without a number halves until it is small enough",
    arguments: [
      ProviderReply.error(400, "the batch size is invalid"),
      ProviderReply(status: 413, body: "<html><head><title>413 Request Entity Too Large</title></head></html>"),
    ])
  func halved(_ refusal: ProviderReply) async throws {
    let service = try Service(Service.options { $0.batchSize = 32 }) { $0.texts.count > 5 ? refusal : nil }
    let texts = texts(32)
    #expect(isClose(try await service.embedder.embed(passages: texts), Service.vectors(texts)))
    #expect(service.embedder.batchSize == 4)
  }

  @Test("a single text that is refused is an error that says what to change")
  func single() async throws {
    let service = try Service { _ in .error(400, "batch size is invalid, it should not be larger than 0") }
    let error = try #require(await service.error(["a", "b"]))
    #expect(error.message.contains("smaller batch size") && error.context["status"] == "400")
    #expect(service.double.requests.map { $0.texts.count } == [2, 1])
    let large = try Service { _ in ProviderReply(status: 413, body: "<html><title>413 Request Entity Too Large</title>")
    }
    let tooLarge = try #require(await large.error(["a"]))
    #expect(tooLarge.message.contains("smaller chunks") && tooLarge.context[.row] == "0", "\(tooLarge)")
  }

  @Test("requests keep to the budget of tokens; a refused one is halved without teaching anything")
  func budget() async throws {
    let service = try Service(Service.options { ($0.maxTokensPerRequest, $0.concurrency) = (10, 1) })
    // One token a word of three letters.
    let texts = ["aaa bbb ccc ddd", "eee fff ggg hhh", "iii jjj", "kkk lll mmm nnn ooo ppp qqq rrr sss ttt uuu", "vvv"]
    #expect(isClose(try await service.embedder.embed(passages: texts), Service.vectors(texts)))
    #expect(service.double.requests.map(\.texts) == [Array(texts[0...2]), [texts[3]], [texts[4]]])
    let refusing = try Service { request in
      request.texts.count > 2
        ? .error(400, "Requested 350000 tokens, max 300000 tokens per request", code: "max_tokens_per_request") : nil
    }
    #expect(isClose(try await refusing.embedder.embed(passages: texts), Service.vectors(texts)))
    #expect(refusing.embedder.batchSize == 64)
  }
}
