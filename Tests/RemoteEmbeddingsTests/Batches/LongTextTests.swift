// SPDX-License-Identifier: Apache-2.0

import ProviderDouble
import RemoteEmbeddings
import Testing
import VectorStoreCore

@Suite("long and empty texts")
struct LongTextTests {
  @Test("a long text is cut between words, and the weighted mean stands for it")
  func split() async throws {
    let service = try Service(Service.options { ($0.maxTokensPerText, $0.passagePrompt) = (6, "p ") })
    let long = "aaa bbb ccc ddd eee fff ggg"
    let vectors = try await service.embedder.embed(passages: ["short", long, "last"])
    let sent = service.double.requests.flatMap(\.texts)
    #expect(sent == ["p short", "p aaa bbb ccc ddd eee ", "p fff ggg", "p last"])
    let (first, second) = (
      TextVector.make(sent[1], dimension: 8), TextVector.make(sent[2], dimension: 8)
    )
    let mean = zip(first, second).map { $0 * 5 / 7 + $1 * 2 / 7 }
    let norm = mean.reduce(0) { $0 + $1 * $1 }.squareRoot()
    #expect(isClose([vectors[1]], [mean.map { $0 / norm }]))
    #expect(isClose([vectors[0], vectors[2]], Service.vectors([sent[0], sent[3]])))
  }

  @Test(
    "nothing is lost or broken where there are no words",
    arguments: [
      String(repeating: "向量数据库", count: 40), String(repeating: "👩‍👩‍👧‍👦e\u{301}", count: 30),
      String(repeating: "x", count: 500), String(repeating: " ", count: 90) + "y", "a\r\nb\r\n",
    ])
  func pieces(_ text: String) async throws {
    for limit in [1, 2, 7, 30] {
      let service = try Service(
        Service.options { ($0.maxTokensPerText, $0.batchSize, $0.concurrency) = (limit, 50, 1) })
      let vectors = try await service.embedder.embed(passages: [text])
      #expect(vectors.count == 1)
      let sent = service.double.requests.flatMap(\.texts)
      #expect(sent.joined() == text && sent.map(\.count).reduce(0, +) == text.count, "no character is cut")
    }
  }

  @Test("a long text is refused where that is wanted, and the row is named")
  func refused() async throws {
    let service = try Service(Service.options { ($0.maxTokensPerText, $0.longText) = (3, .refuse) })
    let error = try #require(await service.error(["fits", "this one does not fit at all"]))
    #expect(error.code == .embeddingFailed && error.context[.row] == "1" && error.message.contains("at most 3"))
    #expect(service.double.requests.isEmpty)
  }

  @Test(
    "what the provider itself finds too long is an error that says so",
    arguments: [
      (400, "This model's maximum context length is 8192 tokens, however you requested 9000 tokens"),
      (413, "Input validation error: `inputs` must have less than 512 tokens. Given: 600"),
      (400, "the input length exceeds the context length"),
      (400, "string too long. Expected a string with maximum length 10, but got a string with length 20"),
      (500, "input (600 tokens) is too large to process. increase the physical batch size (current batch size: 512)"),
      (400, "<400> InternalError.Algo.InvalidParameter: Range of input length should be [1, 8192]"),
    ])
  func tooLong(_ status: Int, _ message: String) async throws {
    let service = try Service { _ in .error(status, message) }
    let error = try #require(await service.error(["short", "the long one of the two"]))
    #expect(error.code == .embeddingFailed && error.message.contains(message.prefix(30)))
    #expect(error.message.contains("smaller chunks") && error.message.contains("the longest is row 1"))
    #expect(service.double.requests.count == 1 && service.pauses.all.isEmpty)
  }

  @Test("an empty text names its row where the provider takes none, and is sent where it does")
  func empty() async throws {
    let strict = try Service.using(provider: { .openAI(key: nil, baseURL: $0) })
    let error = try #require(await strict.error(["a", ""]))
    #expect(error.code == .embeddingFailed && error.context[.row] == "1" && error.message.contains("empty"))
    #expect(strict.double.requests.isEmpty)
    let lenient = try Service.using(provider: { .ollama(baseURL: $0) })
    #expect(try await lenient.embedder.embed(passages: ["a", ""]).count == 2)
  }
}
