// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import VectorStoreCore

/// Documents: added, read, listed.
struct DocumentRoutes: Sendable {
  let service: StoreService

  var routes: [Route] { [add, list, get, put] }

  private var add: Route {
    Route(
      method: .post, path: "/documents", name: "addDocuments", summary: "Add documents",
      about: """
        All of them, or none. Documents without an id get a random UUID, those whose ids are there are replaced. Texts \
        without a vector are embedded.
        """,
      tag: "documents", work: .change, body: .json("AddDocuments"),
      answer: Route.Answer(schema: "Added", about: "The ids, in the order of the documents."),
      problems: [.dimensionMismatch, .embeddingSpaceMismatch]
    ) { request in
      let bodies = try DocumentBody.list(try request.json(), limit: service.limits.batch)
      return try Self.added(try await DocumentWriting(store: try service.store).add(bodies))
    }
  }

  private var put: Route {
    Route(
      method: .put, path: "/documents/{id}", name: "putDocument", summary: "Add or replace a document",
      tag: "documents",
      work: .change, body: .json("PutDocument"), answer: Route.Answer(schema: "Added", about: "The id."),
      problems: [.dimensionMismatch, .embeddingSpaceMismatch]
    ) { request in
      let body = try DocumentBody(try request.json(), at: "", id: try request.documentID())
      return try Self.added(try await DocumentWriting(store: try service.store).add([body]))
    }
  }

  private var get: Route {
    let parameters = [Self.includeVectors]
    return Route(
      method: .get, path: "/documents/{id}", name: "getDocument", summary: "Get a document", tag: "documents",
      isBrief: true, parameters: parameters, answer: Route.Answer(schema: "Document", about: "The document."),
      problems: [.notFound]
    ) { request in
      let fields = try request.query.fields(parameters)
      let id = try request.documentID()
      let withVectors = try fields.flag("include_vectors") ?? false
      let records = try await service.store.records(ids: [id], includingVectors: withVectors)
      guard let record = records.first else { throw Problem.noDocument(id) }
      return try .json(ResultJSON.record(record))
    }
  }

  private var list: Route {
    let parameters = [
      .filter,
      Parameter(
        name: "limit", kind: .number,
        schema: #"{"type":"integer","minimum":1,"maximum":\#(service.limits.page),"default":100}"#,
        about: "How many at most."),
      Parameter(name: "cursor", kind: .text, schema: #"{"type":"string"}"#, about: "The cursor of the page before."),
      Self.includeVectors,
    ]
    return Route(
      method: .get, path: "/documents", name: "listDocuments", summary: "List documents",
      about: "In the order of the ids' bytes, a page at a time.", tag: "documents", parameters: parameters,
      answer: Route.Answer(schema: "DocumentPage", about: "The documents; a cursor where there are more.")
    ) { request in
      let fields = try request.query.fields(parameters)
      let page = try await service.store.backend.scroll(
        filter: try fields.filter("filter", limit: service.limits.filterParts), after: try fields.string("cursor"),
        limit: try fields.integer("limit", in: 1...service.limits.page) ?? 100,
        includingVectors: try fields.flag("include_vectors") ?? false)
      return try .json([
        "documents": .array(page.records.map { .object(ResultJSON.record($0)) }),
        "cursor": page.cursor.map { .string($0) } ?? .null,
      ])
    }
  }

  private static let includeVectors = Parameter(
    name: "include_vectors", kind: .flag, schema: #"{"type":"boolean","default":false}"#,
    about: "Whether documents have their vectors.")

  /// As the FastAPI application of the guide answers, with the ids.
  private static func added(_ ids: [String]) throws -> APIResponse {
    try .json([
      "status": "success", "count": .integer(Int64(ids.count)), "ids": .array(ids.map { .string($0) }),
    ])
  }
}

extension Problem {
  static func noDocument(_ id: String) -> Problem {
    var problem = Problem(.notFound, "there is no document '\(id)'")
    problem.members["id"] = .string(id)
    return problem
  }
}

extension Parameter {
  static let filter = Parameter(
    name: "filter", kind: .json, schema: ##"{"$ref":"#/components/schemas/Filter"}"##,
    about: "A filter in JSON, LangChain's form or OpenAI's.")
}
