// SPDX-License-Identifier: Apache-2.0

import ProviderDouble
import RemoteEmbeddings
import Testing
import VectorStoreCore

@Suite("errors say what to change")
struct CureTests {
  private let never = Service.options { $0.retry.count = 0 }

  @Test("the guide's first error: strings only")
  func notStrings() async throws {
    let key = try APIKey("sk-1234567890")
    let service = try Service.using(provider: { .dashScope(key: key, baseURL: $0) }) { _ in
      .error(
        400,
        "<400> InternalError.Algo.InvalidParameter: Value error, contents is neither str nor list of str.: input.contents"
      )
    }
    let error = try #require(await service.error())
    for part in [
      "DashScope answered 400: ", "contents is neither str nor list of str", "takes strings only", "base URL",
      "check_embedding_ctx_length=False",
    ] {
      #expect(error.message.contains(part), "\(error)")
    }
    #expect(service.double.requests.count == 1)
    #expect(service.double.requests.allSatisfy { $0.texts == ["a"] }, "strings are what is sent")
  }

  @Test("statuses lead to their cures")
  func statuses() async throws {
    let key = try APIKey("sk-1234567890", source: "the variable OPENAI_API_KEY")
    let cases: [(Int, String, [String])] = [
      (401, "Incorrect API key provided", ["Check the key", "the variable OPENAI_API_KEY"]),
      (403, "no", ["Check the key"]), (404, "no model", ["Check the model 'm'", "/v1"]),
      (400, "this model does not take encoding_format", ["encoding float"]),
      (429, "slow down", ["concurrency"]), (418, "teapot", ["answered 418: teapot"]),
    ]
    for (status, message, parts) in cases {
      let service = try Service.using(never, provider: { .openAI(key: key, baseURL: $0) }) { _ in
        .error(status, message)
      }
      let error = try #require(await service.error())
      #expect(error.code == (status == 429 ? .unavailable : .embeddingFailed))
      #expect(error.context["status"] == String(status) && error.context[.provider] == "OpenAI")
      for part in ["OpenAI answered \(status): \(message)"] + parts {
        #expect(error.message.contains(part), "\(error)")
      }
    }
  }

  @Test("providers have cures of their own")
  func providers() async throws {
    let missing: @Sendable (ProviderRequest) -> ProviderReply = { _ in
      .error(404, "model not found, try pulling it first")
    }
    let ollama = try Service.using(never, provider: { .ollama(baseURL: $0) }, answer: missing)
    #expect(await ollama.error()?.message.contains("ollama pull m") == true)
    let azure = try Service.using(
      never, provider: { try .azure(endpoint: $0, deployment: "m", authentication: .none) }, answer: missing)
    #expect(await azure.error()?.message.contains("deployment 'm'") == true)
    let pooling = try Service.using(never, provider: { .llamaCpp(baseURL: $0) }) { _ in
      ProviderReply(body: #"{"data":[{"index":0,"embedding":[[1,2]]}]}"#)
    }
    #expect(await pooling.error()?.message.contains("--pooling") == true)
    let keyless = try Service.using(never, provider: { .openAI(key: nil, baseURL: $0) }) { _ in .error(401, "no key") }
    #expect(await keyless.error()?.message.contains("set OPENAI_API_KEY") == true)
    let sized = try Service(Service.options { ($0.knownDimension, $0.dimensions) = (nil, 5) }) { _ in
      .error(400, "dimensions must be one of 64, 128")
    }
    #expect(await sized.error()?.message.contains("Leave out the dimensions, 5") == true)
  }

  @Test(
    "messages are found wherever services put them",
    arguments: [
      #"{"error":{"message":"the reason","type":"t","param":null,"code":null}}"#, #"{"error":"the reason"}"#,
      #"{"code":"InvalidParameter","message":"the reason","request_id":"1"}"#, #"{"detail":"the reason"}"#,
      #"{"detail":[{"loc":["body"],"msg":"the reason","type":"x"}]}"#, "the reason",
      "<html><head><title>the reason</title></head><body>much</body></html>", "  the\n\u{1B}[31m\treason\u{0}  ",
    ])
  func messages(_ body: String) async throws {
    let service = try Service(never) { _ in ProviderReply(status: 418, body: body) }
    let message = await service.error()?.message ?? ""
    #expect(
      message == "the service answered 418: the reason" || message.hasSuffix("418: the [31m reason"), "\(message)")
  }

  @Test("a long message is cut, an empty one is no message")
  func bounds() async throws {
    let long = try Service(never) { _ in ProviderReply(status: 500, body: String(repeating: "long ", count: 100_000)) }
    #expect(try #require(await long.error()).message.count < 500)
    let empty = try Service(never) { _ in ProviderReply(status: 500) }
    #expect(await empty.error()?.message == "the service answered 500")
  }

  @Test("redirects are not followed, and the error tells where they point")
  func redirect() async throws {
    let service = try Service { _ in
      ProviderReply(
        status: 308, headers: [("Location", "https://user:hidden@elsewhere.example/v1/embeddings?k=hidden")])
    }
    let error = try #require(await service.error())
    #expect(error.message.contains("308") && error.message.contains("https://elsewhere.example/v1/embeddings"))
    #expect(!error.description.contains("hidden"))
    #expect(service.double.requests.count == 1)
  }
}
