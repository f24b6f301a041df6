// SPDX-License-Identifier: Apache-2.0

import ProviderDouble
import RemoteEmbeddings
import Testing
import VectorStoreCore

@Suite("transfers")
struct TransportTests {
  @Test("what is sent")
  func request() async throws {
    let key = try APIKey("sk-1")
    let service = try Service.using(
      Service.options { $0.headers = ["X-Empty": "", "X-A": "b"] }, provider: { .openAI(key: key, baseURL: $0) })
    _ = try await service.embedder.embed(query: "x")
    let request = try #require(service.double.requests.first)
    #expect(request.method == "POST" && request.target == "/v1/embeddings")
    #expect(request.headers["content-type"] == "application/json" && request.headers["authorization"] == "Bearer sk-1")
    #expect(request.headers["x-empty"] == "" && request.headers["x-a"] == "b" && request.headers["expect"] == nil)
    #expect(request.headers["accept-encoding"]?.contains("gzip") == true)
    #expect(request.headers["user-agent"] == "swift-vector-store")
    #expect(request.json.objectValue?.keys == ["model", "input", "encoding_format"])
  }

  @Test("a large request is sent whole, at once")
  func large() async throws {
    let service = try Service(Service.options { $0.maxTokensPerText = .max })
    let text = String(repeating: "word ", count: 1_000_000)
    #expect(isClose(try await service.embedder.embed(passages: [text]), Service.vectors([text])))
    #expect(service.double.requests.first?.texts == [text])
  }

  @Test("connections are kept")
  func keepAlive() async throws {
    let service = try Service()
    for _ in 0..<5 { _ = try await service.embedder.embed(query: "x") }
    #expect(service.double.requests.count == 5 && service.double.connections == 1)
  }

  @Test("a proxy gets the whole URL, and its password is never shown")
  func proxy() async throws {
    let proxy = try ProviderDouble { .vectors($0, dimension: Service.dimension) }
    let options = Service.options {
      $0.proxy = "http://me:hidden-password@127.0.0.1:\(proxy.port)"
      $0.retry.count = 0
    }
    let provider = RemoteProvider.compatible(baseURL: "http://provider.invalid/v1")
    let embedder = try RemoteEmbedder(provider, model: "m", options: options)
    #expect(try await embedder.embed(query: "x").count == Service.dimension)
    #expect(proxy.requests.map(\.target) == ["http://provider.invalid/v1/embeddings"])
    #expect(proxy.requests.first?.headers["proxy-authorization"]?.hasPrefix("Basic ") == true)
    #expect(!"\(options) \(String(reflecting: options))".contains("hidden-password"))
  }

  @Test("a server that is silent or drips runs into the time limit", arguments: [true, false])
  func timeout(_ isSilent: Bool) async throws {
    let options = Service.options {
      $0.timeouts.request = .milliseconds(150)
      $0.retry.count = 1
    }
    let service = try Service(options) { request in
      var reply = ProviderReply.vectors(request, dimension: Service.dimension)
      reply.manner = isSilent ? .silence : .drip
      return reply
    }
    let error = try #require(await service.error())
    #expect(error.code == .unavailable && error.message.contains("in time") && error.message.contains("batch size"))
    #expect(service.double.requests.count == 2 && service.pauses.all == [.milliseconds(500)])
  }

  @Test("where nobody listens, it is tried twice more, and the error says what to look at")
  func unreachable() async throws {
    let gone = try ProviderDouble { _ in ProviderReply() }.port
    let pauses = Pauses()
    let embedder = try RemoteEmbedder(
      .ollama(baseURL: "http://127.0.0.1:\(gone)/v1"), model: "m", options: Service.options(), waiting: pauses.waiting)
    let error = try await #require(throws: VectorStoreError.self) { try await embedder.embed(query: "x") }
    #expect(error.code == .unavailable && error.message.contains("ollama serve"), "\(error)")
    #expect(pauses.all == [.milliseconds(500), .seconds(1)] && embedder.usage.requests == 3)
  }

  @Test("a host without encryption is not spoken to as if it had some")
  func insecure() async throws {
    let double = try ProviderDouble { .vectors($0, dimension: Service.dimension) }
    let pauses = Pauses()
    let embedder = try RemoteEmbedder(
      .compatible(baseURL: "https://127.0.0.1:\(double.port)/v1"), model: "m",
      options: Service.options {
        $0.timeouts.connect = .milliseconds(300)
        $0.retry.count = 0
      }, waiting: pauses.waiting)
    let error = try await #require(throws: VectorStoreError.self) { try await embedder.embed(query: "x") }
    #expect(error.code == .unavailable && double.requests.isEmpty)
  }

  @Test("a file of certificates that is not there is an error")
  func certificates() async throws {
    let options = Service.options { $0.caFile = "/nowhere/ca.pem" }
    let embedder = try RemoteEmbedder(.compatible(baseURL: "https://127.0.0.1:9/v1"), model: "m", options: options)
    await #expect(throws: VectorStoreError.self) { try await embedder.embed(query: "x") }
  }
}
