// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import VectorStoreCore

/// The store as a whole.
struct StoreRoutes: Sendable {
  let service: StoreService

  var routes: [Route] { [count, statistics] }

  private var count: Route {
    let parameters = [Parameter.filter]
    return Route(
      method: .get, path: "/count", name: "countDocuments", summary: "Count documents", tag: "store", isBrief: true,
      parameters: parameters, answer: Route.Answer(schema: "Count", about: "How many there are, or match.")
    ) { request in
      let filter = try request.query.fields(parameters).filter("filter", limit: service.limits.filterParts)
      return try .json(["count": .integer(Int64(try await service.store.count(filter: filter)))])
    }
  }

  private var statistics: Route {
    Route(
      method: .get, path: "/stats", name: "statistics", summary: "Statistics",
      about: "Documents, embedding space, sizes, index, and what the service can do.", tag: "store",
      answer: Route.Answer(schema: "Statistics", about: "The statistics.")
    ) { _ in
      let store = try service.store
      let statistics = try await store.statistics()
      let embedder = statistics.embedderName.flatMap { name in service.options.shownEmbedder.map { $0(name) } }
      var object = ResultJSON.statistics(statistics, embedder: embedder)
      object["service"] = [
        "read_only": .bool(service.options.isReadOnly), "embedder": .bool(store.embedder != nil),
        "files": .bool(service.options.ingest != nil && !service.options.isReadOnly && store.embedder != nil),
        "max_body": .integer(Int64(service.limits.bodyBytes)), "max_k": .integer(Int64(service.limits.k)),
      ]
      return try .json(object)
    }
  }
}
