// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import VectorStoreCore

/// Searches.
struct SearchRoutes: Sendable {
  let service: StoreService

  var routes: [Route] { [get, post, batch] }

  private static let problems: [ProblemCode] = [
    .dimensionMismatch, .zeroNormQuery, .noEmbedder, .embeddingSpaceMismatch, .notFound,
  ]

  private var get: Route {
    let parameters = self.parameters
    return Route(
      method: .get, path: "/search", name: "searchByQuery", summary: "Search by text",
      about: "The answer is a list, best first, as that of LangChain's FastAPI examples.", tag: "search",
      isBrief: true, parameters: parameters, answer: Route.Answer(schema: "Hits", about: "The documents, best first."),
      problems: Self.problems
    ) { request in
      try await answer(SearchBody(try request.query.fields(parameters), service.limits)) {
        try .json(.array($0.results))
      }
    }
  }

  private var post: Route {
    Route(
      method: .post, path: "/search", name: "search", summary: "Search",
      about: "By a text, a vector or a stored document; with filter, keywords, diversity and thresholds.",
      tag: "search", isBrief: true,
      body: .json("SearchRequest"), answer: Route.Answer(schema: "SearchResponse", about: "The documents, best first."),
      problems: Self.problems
    ) { request in
      try await answer(SearchBody(try request.fields(keys: SearchBody.keys), service.limits)) { try .json($0.object) }
    }
  }

  /// Searches, on Swift's own threads where it may take long.
  private func answer(
    _ body: SearchBody, _ json: @Sendable (SearchAnswer) throws -> APIResponse
  ) async throws -> APIResponse {
    guard body.isBrief else {
      return try await withTaskExecutorPreference(globalConcurrentExecutor) { try await found(body, json) }
    }
    return try await found(body, json)
  }

  private func found(
    _ body: SearchBody, _ json: @Sendable (SearchAnswer) throws -> APIResponse
  ) async throws -> APIResponse {
    let response = try await service.store.search(body.request)
    return try json(SearchAnswer(response: response, words: body.words))
  }

  private var batch: Route {
    Route(
      method: .post, path: "/search/batch", name: "searchBatch", summary: "Search several times",
      about: "The texts are embedded in one call. One that is refused refuses all.", tag: "search",
      body: .json("SearchBatch"), answer: Route.Answer(schema: "SearchResponses", about: "The answers, in order."),
      problems: Self.problems
    ) { request in
      let fields = try request.fields(keys: ["searches"])
      guard let searches = try fields.array("searches", limit: service.limits.searches) else {
        throw Problem.member("searches", "is missing: a list of searches")
      }
      let bodies = try searches.enumerated().map { row, search in
        try SearchBody(Fields(search, at: "searches[\(row)]", keys: SearchBody.keys), service.limits)
      }
      try Self.checkHits(bodies, limit: service.limits.batchHits)
      let responses = try await service.store.search(batch: bodies.map(\.request))
      let answers = zip(bodies, responses).map { body, response in
        JSONValue.object(SearchAnswer(response: response, words: body.words).object)
      }
      return try .json(["responses": .array(answers)])
    }
  }

  /// Refuses a batch whose answer would not fit in memory.
  private static func checkHits(_ bodies: [SearchBody], limit: Int) throws {
    let hits = bodies.reduce(0) { $0 + $1.request.k * ($1.request.includesVectors ? 10 : 1) }
    guard hits <= limit else {
      throw Problem.member(
        "searches",
        "asks for \(hits) documents in all; there may be \(limit), of which one with its vector counts as ten")
    }
  }

  private var parameters: [Parameter] {
    let limits = service.limits
    let flag = #"{"type":"boolean","default":false}"#
    return [
      Parameter(
        name: "query", kind: .text, schema: #"{"type":"string","pattern":"\\S"}"#, about: "What is looked for.",
        isRequired: true),
      Parameter(
        name: "k", kind: .number, schema: #"{"type":"integer","minimum":0,"maximum":\#(limits.k),"default":5}"#,
        about: "How many documents."),
      .filter,
      Parameter(name: "hybrid", kind: .flag, schema: flag, about: "Whether keywords count too."),
      Parameter(
        name: "keywords", kind: .text, schema: #"{"type":"string"}"#,
        about: "The keywords, in the place of the query; makes a search hybrid."),
      Parameter(name: "mmr", kind: .flag, schema: flag, about: "Whether documents are picked that differ."),
      Parameter(
        name: "min_relevance", kind: .number, schema: #"{"type":"number","minimum":0,"maximum":1}"#,
        about: "Nothing of less relevance."),
      Parameter(name: "max_distance", kind: .number, schema: #"{"type":"number"}"#, about: "Nothing farther."),
      Parameter(
        name: "exact", kind: .flag, schema: flag, about: "Whether all vectors are compared, without the index."),
      Parameter(
        name: "ef_search", kind: .number, schema: #"{"type":"integer","minimum":1,"maximum":\#(limits.candidates)}"#,
        about: "How wide the index is searched."),
      Parameter(name: "include_vectors", kind: .flag, schema: flag, about: "Whether hits have their vectors."),
      Parameter(name: "highlight", kind: .flag, schema: flag, about: "Whether hits tell where the words are."),
    ]
  }
}
