// SPDX-License-Identifier: Apache-2.0

import ProviderDouble
import RemoteEmbeddings
import Testing
import VectorStoreCore

@Suite("answers that are right")
struct RightAnswerTests {
  private let texts = ["one fish", "two fish", "red fish", "向量数据库", "a \"quoted\"\n\u{0} text \\"]

  @Test("vectors come back in the order of the texts, whatever the order of the answer")
  func shuffled() async throws {
    let service = try Service { .vectors($0, dimension: Service.dimension, order: { $0.reversed() }) }
    #expect(isClose(try await service.embedder.embed(passages: texts), Service.vectors(texts)))
    #expect(service.double.requests.map(\.texts) == [texts])
    #expect(try await service.embedder.embed(passages: []).isEmpty)
    #expect(service.double.requests.count == 1)
  }

  @Test("without any index, the order of the answer counts")
  func unnumbered() async throws {
    let service = try Service { _ in
      ProviderReply(body: #"{"data":[{"embedding":[1,0,0,0,0,0,0,0]},{"embedding":[0,1,0,0,0,0,0,0]}]}"#)
    }
    let vectors = try await service.embedder.embed(passages: ["a", "b"])
    #expect(vectors.map { $0.firstIndex(of: 1) } == [0, 1])
  }

  @Test("base64 and numbers are understood, whatever was asked for", arguments: RemoteEmbedder.Encoding.allCases)
  func encodings(_ encoding: RemoteEmbedder.Encoding) async throws {
    let service = try Service(Service.options { $0.encoding = encoding })
    #expect(isClose(try await service.embedder.embed(passages: texts), Service.vectors(texts)))
    let asked = service.double.requests.first?.json["encoding_format"]
    #expect(asked == (encoding == .base64 ? "base64" : nil))
    let other = try Service(Service.options { $0.encoding = encoding }) { _ in
      let vector: [Float] = [0.5, -0.5, 0.5, -0.5, 0, 0, 0, 0]
      let text =
        encoding == .float ? "\"\(TextVector.base64(vector))\"" : "[5e-1, -0.5, 0.50, -5.0E-1, 0, -0, 0e5, 0.0]"
      return ProviderReply(body: #" {"data" : [ {"embedding" : \#(text) , "index" : 0 } ] } "#)
    }
    #expect(try await other.embedder.embed(query: "x") == [0.5, -0.5, 0.5, -0.5, 0, 0, 0, 0])
  }

  @Test("base64 whose slashes and signs are escaped is base64 still")
  func escapedBase64() async throws {
    let vector = (0..<8).map { Float($0) * 0.123 - 0.4 }
    let text = TextVector.base64(vector).map { character in
      switch character {
      case "/": "\\/"
      case "=": "\\u003d"
      default: String(character)
      }
    }.joined()
    let service = try Service(Service.options { $0.normalizes = false }) { _ in
      ProviderReply(body: #"{"data":[{"index":0,"embedding":"\#(text)"}]}"#)
    }
    #expect(try await service.embedder.embed(query: "x") == vector)
  }

  @Test("each decimal is the nearest Float")
  func decimals() async throws {
    var random = SystemRandomNumberGenerator()
    let floats = (0..<8).map { _ in Float(bitPattern: .random(in: 0x2000_0000...0x5F00_0000, using: &random)) }
    for literals in [
      floats.map(\.description), floats.map { Double($0).description },
      floats.map { "-\(Double($0) * 1.000000000001)" },
      [
        "1.00000000000000000000000000001", "123456789012345678901234567890", "1e-30", "0.1e+1", "3.4e38", "5e-46", "7",
        "-0.0",
      ],
    ] {
      let service = try Service(Service.options { $0.normalizes = false }) { _ in
        ProviderReply(body: #"{"data":[{"index":0,"embedding":[\#(literals.joined(separator: ","))]}]}"#)
      }
      let expected = literals.map { Float(Double($0) ?? .nan) }
      #expect(try await service.embedder.embed(query: "x") == expected, "\(literals)")
    }
  }

  @Test("vectors are scaled to norm 1, unless that is not wanted; those that have it stay bit for bit")
  func norm() async throws {
    let answer: @Sendable (ProviderRequest) -> ProviderReply = { _ in
      ProviderReply(body: #"{"data":[{"index":0,"embedding":[3,4,0,0,0,0,0,0]}]}"#)
    }
    let scaled = try Service(answer: answer)
    #expect(isClose([try await scaled.embedder.embed(query: "x")], [[0.6, 0.8, 0, 0, 0, 0, 0, 0]]))
    #expect(scaled.embedder.space.isNormalized)
    let raw = try Service(Service.options { $0.normalizes = false }, answer: answer)
    #expect(try await raw.embedder.embed(query: "x") == [3, 4, 0, 0, 0, 0, 0, 0])
    #expect(!raw.embedder.space.isNormalized)
    let unit = try Service()
    #expect(try await unit.embedder.embed(passages: texts) == Service.vectors(texts))
  }

  @Test("tokens and requests are counted")
  func usage() async throws {
    let service = try Service(Service.options { $0.batchSize = 2 })
    _ = try await service.embedder.embed(passages: ["ab", "c", "def"])
    var expected = RemoteEmbedder.Usage()
    (expected.promptTokens, expected.totalTokens, expected.requests) = (6, 6, 2)
    #expect(service.embedder.usage == expected)
  }

  @Test("prompts and dimensions are sent, and are in the space")
  func space() async throws {
    let options = Service.options {
      ($0.knownDimension, $0.dimensions) = (nil, 16)
      ($0.queryPrompt, $0.passagePrompt, $0.name) = ("query: ", "passage: ", "named")
    }
    let service = try Service(options)
    #expect(try await service.embedder.embed(query: "x").count == 16)
    _ = try await service.embedder.embed(passages: ["y"])
    #expect(service.double.requests.map(\.texts) == [["query: x"], ["passage: y"]])
    #expect(service.double.requests.allSatisfy { $0.json["dimensions"] == 16 && $0.json["model"] == "m" })
    let space = EmbeddingSpace(
      model: "named", dimension: 16, isNormalized: true, queryPrompt: "query: ", passagePrompt: "passage: ")
    #expect(service.embedder.space == space)
  }

  @Test("a dimension that nobody knows is asked for, one that is known is not")
  func probe() async throws {
    let double = try ProviderDouble { .vectors($0, dimension: 11) }
    let options = RemoteEmbedder.Options(proxy: "")
    let embedder = try await RemoteEmbedder.connect(
      .compatible(baseURL: double.baseURL), model: "m", options: options)
    #expect(embedder.space.dimension == 11 && double.requests.count == 1)
    #expect(try await embedder.embed(query: "x").count == 11)
    let known = try await RemoteEmbedder.connect(
      .ollama(baseURL: double.baseURL), model: "nomic-embed-text:latest", options: options)
    #expect(known.space.dimension == 768 && double.requests.count == 2)
    #expect(throws: VectorStoreError.self) {
      try RemoteEmbedder(.compatible(baseURL: double.baseURL), model: "m", options: options)
    }
  }
}
