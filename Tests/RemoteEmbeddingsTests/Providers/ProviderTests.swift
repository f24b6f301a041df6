// SPDX-License-Identifier: Apache-2.0

import ProviderDouble
import RemoteEmbeddings
import Testing
import VectorStoreCore

@Suite("providers")
struct ProviderTests {
  /// What one request to a provider looks like.
  private func request(
    _ model: String = "m", _ provider: (String) throws -> RemoteProvider
  ) async throws -> ProviderRequest {
    let service = try Service.using(model: model, provider: provider)
    _ = try await service.embedder.embed(query: "x")
    return try #require(service.double.requests.first)
  }

  /// The double's URL without `/v1`.
  private func root(_ baseURL: String) -> String { String(baseURL.dropLast(3)) }

  @Test("Azure, by deployment and by its newer URL, with key and token")
  func azure() async throws {
    let dated = try await request("my model") { url in
      try .azure(
        deployment: "my model",
        environment: ["AZURE_OPENAI_ENDPOINT": root(url) + "/", "AZURE_OPENAI_API_KEY": "k1"])
    }
    #expect(dated.target == "/openai/deployments/my%20model/embeddings?api-version=2024-10-21")
    #expect(dated.headers["api-key"] == "k1" && dated.headers["authorization"] == nil)
    let token = try await request { url in
      try .azure(
        deployment: "m",
        environment: [
          "AZURE_OPENAI_ENDPOINT": root(url), "AZURE_OPENAI_AD_TOKEN": "t1", "AZURE_OPENAI_API_VERSION": "2099-01-01",
        ])
    }
    #expect(token.target == "/openai/deployments/m/embeddings?api-version=2099-01-01")
    #expect(token.headers["authorization"] == "Bearer t1" && token.headers["api-key"] == nil)
    for (suffix, version) in [("/openai/v1", "2024-10-21"), ("/openai/v1/", "2024-10-21"), ("", "v1")] {
      let newer = try await request { url in
        try .azure(
          deployment: "m",
          environment: [
            "AZURE_OPENAI_ENDPOINT": root(url) + suffix, "AZURE_OPENAI_API_KEY": "k1",
            "AZURE_OPENAI_API_VERSION": version,
          ])
      }
      #expect(newer.target == "/openai/v1/embeddings" && newer.json["model"] == "m")
    }
  }

  @Test("the environment says where and by which key")
  func environment() async throws {
    let openAI = try await request { url in
      try .openAI(environment: ["OPENAI_API_KEY": "k", "OPENAI_BASE_URL": url, "OPENAI_ORG_ID": "o"])
    }
    #expect(openAI.headers["authorization"] == "Bearer k" && openAI.headers["openai-organization"] == "o")
    #expect(openAI.json["encoding_format"] == "base64")
    let dashScope = try await request { url in
      try .dashScope(environment: ["DASHSCOPE_API_KEY": "k", "DASHSCOPE_BASE_URL": url + "/"])
    }
    #expect(dashScope.target == "/v1/embeddings" && dashScope.json["encoding_format"] == nil)
    let hosts = [
      ("127.0.0.1", "http://127.0.0.1:11434/v1"), ("0.0.0.0:99", "http://127.0.0.1:99/v1"),
      ("http://box:1/", "http://box:1/v1"), ("https://box", "https://box/v1"), ("box:5", "http://box:5/v1"),
      ("[::1]", "http://[::1]:11434/v1"), ("[::1]:7", "http://[::1]:7/v1"), (":7", "http://127.0.0.1:7/v1"),
      ("http://box/ollama/v1", "http://box/ollama/v1"), ("", "http://127.0.0.1:11434/v1"),
    ]
    for (host, url) in hosts { #expect(RemoteProvider.ollama(environment: ["OLLAMA_HOST": host]).baseURL == url) }
  }

  @Test("a missing key or endpoint names its variable")
  func missing() throws {
    #expect { try RemoteProvider.openAI(environment: [:]) } throws: { "\($0)".contains("OPENAI_API_KEY") }
    #expect { try RemoteProvider.dashScope(environment: [:]) } throws: { "\($0)".contains("DASHSCOPE_API_KEY_FILE") }
    #expect { try RemoteProvider.azure(deployment: "m", environment: [:]) } throws: {
      "\($0)".contains("AZURE_OPENAI_ENDPOINT")
    }
    #expect {
      try RemoteProvider.azure(deployment: "m", environment: ["AZURE_OPENAI_ENDPOINT": "https://a.example"])
    } throws: { "\($0)".contains("AZURE_OPENAI_AD_TOKEN") }
  }

  @Test("a URL may have a query, a name and a password, and end with /embeddings")
  func urls() async throws {
    let request = try await request { url in
      .compatible(baseURL: url.replacing("http://", with: "http://me:pw@") + "/embeddings/?a=b")
    }
    #expect(request.target == "/v1/embeddings?a=b")
    #expect(request.headers["authorization"] == "Basic bWU6cHc=")
  }

  @Test(
    "what is no URL of HTTP is refused, and not shown",
    arguments: [
      "", "host/v1", "ftp://host/v1", "file:///etc/passwd", "http://", "http://host/v1#secret", "http://ho st/",
      "secret",
      "http://host:99999/v1", "http://host/\u{0}",
    ])
  func noURL(_ text: String) throws {
    #expect { try RemoteEmbedder(.compatible(baseURL: text), model: "m", options: Service.options()) } throws: {
      ($0 as? VectorStoreError)?.code == .invalidArgument && !"\($0)".contains("secret")
    }
  }

  @Test(
    "options out of range are refused",
    arguments: [
      Service.options { $0.batchSize = 0 }, Service.options { $0.concurrency = 0 },
      Service.options { $0.retry.count = -1 },
      Service.options { $0.dimensions = 7 }, Service.options { $0.knownDimension = 20_000 },
      Service.options { $0.timeouts.connect = .zero }, Service.options { $0.maxTokensPerText = 0 },
      Service.options { $0.retry.firstDelay = .seconds(-1) },
    ])
  func options(_ options: RemoteEmbedder.Options) throws {
    #expect { try RemoteEmbedder(.ollama(), model: "m", options: options) } throws: {
      ($0 as? VectorStoreError)?.code == .invalidArgument
    }
  }

  @Test("known models need no request for their dimension")
  func known() throws {
    let key = try APIKey("k")
    for (model, dimension) in [
      ("text-embedding-3-small", 1536), ("text-embedding-3-large", 3072), ("text-embedding-ada-002", 1536),
    ] {
      #expect(try RemoteEmbedder(.openAI(key: key), model: model).space.dimension == dimension)
    }
    #expect(try RemoteEmbedder(.dashScope(key: key), model: "text-embedding-v4").space.dimension == 1024)
    let embedder = try RemoteEmbedder(.dashScope(key: key), model: "text-embedding-v4", options: .init(dimensions: 64))
    #expect(embedder.space.dimension == 64 && embedder.batchSize == 10)
  }
}
