// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import VectorStoreCore

/// The store's embedder, as OpenAI's clients ask for vectors.
struct EmbeddingRoutes: Sendable {
  let service: StoreService

  var routes: [Route] { [embeddings, models] }

  /// Names that any client may give for the one model there is.
  private static let anyModel = "default"

  private var embeddings: Route {
    Route(
      method: .post, path: "/v1/embeddings", name: "createEmbeddings", summary: "Embed texts",
      about: """
        OpenAI's request and answer. The model is the store's, or `default`. Texts are embedded as passages, or as queries \
        with `input_type`. Tokens are not counted: `usage` says 0.
        """,
      tag: "embeddings", work: .long, body: .json("EmbeddingRequest"),
      answer: Route.Answer(schema: "EmbeddingResponse", about: "The vectors, in the order of the texts."),
      problems: [.modelNotFound, .noEmbedder, .embeddingFailed], hasOpenAIErrors: true
    ) { request in
      let fields = try request.fields(keys: [
        "input", "model", "encoding_format", "dimensions", "user", "input_type",
      ])
      let embedder = try service.embedder
      try Self.check(try fields.string("model"), embedder.space)
      let texts = try Self.texts(fields, limit: service.limits.texts)
      if let dimensions = try fields.integer("dimensions", in: 1...1_000_000), dimensions != embedder.space.dimension {
        throw Problem.member("dimensions", "is \(embedder.space.dimension) for this model")
      }
      let isBase64 = try Self.choice(fields, "encoding_format", ["float", "base64"]) == "base64"
      let isQuery = try Self.choice(fields, "input_type", ["passage", "query"]) == "query"
      let vectors = try await isQuery ? embedder.embed(queries: texts) : embedder.embed(passages: texts)
      try embedder.space.check(vectors: vectors, count: texts.count)
      return try .json(Self.answer(vectors, model: embedder.space.model, isBase64: isBase64))
    }
  }

  private var models: Route {
    Route(
      method: .get, path: "/v1/models", name: "listModels", summary: "The model",
      about: "A list of the one model that the service embeds with; none where it has no embedder.", tag: "embeddings",
      work: .light, answer: Route.Answer(schema: "Models", about: "The model."), hasOpenAIErrors: true
    ) { _ in
      let models = try service.store.embedder.map { embedder in
        [
          JSONValue.object([
            "id": .string(embedder.space.model), "object": "model", "created": 0, "owned_by": "vectorstore",
            "dimension": .integer(Int64(embedder.space.dimension)),
          ])
        ]
      }
      return try .json(["object": "list", "data": .array(models ?? [])])
    }
  }

  private static func check(_ model: String?, _ space: EmbeddingSpace) throws {
    guard let model, model != anyModel, model != space.model else { return }
    var problem = Problem(
      .modelNotFound, "the model here is '\(space.model)', not '\(model)'; vectors of two models cannot be compared")
    problem.path = "model"
    throw problem
  }

  private static func texts(_ fields: Fields, limit: Int) throws -> [String] {
    let texts: [String]
    switch fields["input"] {
    case .string(let text)?: texts = [text]
    case .array(let elements)? where !elements.isEmpty: texts = try fields.strings("input", limit: limit) ?? []
    default: throw Problem.member("input", "is a string or a list of strings, one at least")
    }
    if texts.contains("") { throw Problem.member("input", "holds an empty string") }
    return texts
  }

  private static func choice(_ fields: Fields, _ key: String, _ choices: [String]) throws -> String? {
    let value = try fields.string(key)
    if let value, !choices.contains(value) {
      throw Problem.member(key, "is \(choices.joined(separator: " or ")), not '\(value)'")
    }
    return value
  }

  private static func answer(_ vectors: [[Float]], model: String, isBase64: Bool) -> JSONObject {
    let data = vectors.enumerated().map { index, vector in
      JSONValue.object([
        "object": "embedding", "index": .integer(Int64(index)),
        "embedding": isBase64 ? .string(VectorBase64.encode(vector)) : ResultJSON.vector(vector),
      ])
    }
    return [
      "object": "list", "data": .array(data), "model": .string(model),
      "usage": ["prompt_tokens": 0, "total_tokens": 0],
    ]
  }
}
