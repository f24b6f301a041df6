// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import VectorStoreCore

/// The vector index.
struct IndexRoutes: Sendable {
  let service: StoreService

  var routes: [Route] { [status, create, drop] }

  private var status: Route {
    Route(
      method: .get, path: "/index", name: "indexStatus", summary: "The vector index", tag: "index",
      answer: Route.Answer(schema: "Index", about: "What it is now.")
    ) { _ in
      try .json(ResultJSON.index(try await service.store.indexStatus()))
    }
  }

  private var create: Route {
    Route(
      method: .post, path: "/index", name: "createIndex", summary: "Make the vector index",
      about: "In the place of the one that is there. The answer comes when it is done.", tag: "index", work: .change,
      body: .json("IndexSpecification"), answer: Route.Answer(schema: "Index", about: "What it is now.")
    ) { request in
      let specification = try Self.specification(try request.fields(keys: Self.keys))
      let store = try service.store
      try await store.createIndex(specification)
      return try .json(ResultJSON.index(try await store.indexStatus()))
    }
  }

  private var drop: Route {
    Route(
      method: .delete, path: "/index", name: "dropIndex", summary: "Drop the vector index",
      about: "Searches compare all vectors from then on.", tag: "index", work: .change,
      answer: Route.Answer(schema: "Index", about: "What it is now.")
    ) { _ in
      let store = try service.store
      try await store.dropIndex()
      return try .json(ResultJSON.index(try await store.indexStatus()))
    }
  }

  private static let keys: Set<String> = ["type", "m", "ef_construction", "lists", "concurrently"]

  private static func specification(_ fields: Fields) throws -> IndexSpecification {
    let type = try fields.string("type") ?? IndexSpecification.Kind.hnsw.rawValue
    guard let kind = IndexSpecification.Kind(rawValue: type) else {
      let names = IndexSpecification.Kind.allCases.map(\.rawValue).joined(separator: ", ")
      throw Problem.member("type", "is one of \(names), not '\(type)'")
    }
    let isGraph = kind == .hnsw
    for key in ["m", "ef_construction"] where fields[key] != nil && !isGraph {
      throw Problem.member(key, "is for the type hnsw")
    }
    if fields["lists"] != nil, kind != .ivfflat { throw Problem.member("lists", "is for the type ivfflat") }
    return IndexSpecification(
      kind, m: try fields.integer("m", in: 2...128),
      efConstruction: try fields.integer("ef_construction", in: 4...4_096),
      lists: try fields.integer("lists", in: 1...32_768), concurrently: try fields.flag("concurrently") ?? false)
  }
}
