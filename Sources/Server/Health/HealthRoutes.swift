// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Logging
import VectorStoreCore

/// Whether the service lives and works, and its figures.
struct HealthRoutes: Sendable {
  let service: StoreService

  var routes: [Route] { [health, ready, metrics] }

  private var health: Route {
    Route(
      method: .get, path: "/healthz", name: "health", summary: "Whether the service lives", tag: "service",
      access: .everyone, work: .light, isBrief: true, answer: Route.Answer(schema: "Health", about: "It does.")
    ) { _ in
      try .json(["status": "ok"])
    }
  }

  private var ready: Route {
    Route(
      method: .get, path: "/readyz", name: "ready", summary: "Whether the service works",
      about: "Asks the database, and the embedder, at most every half minute while it answers.", tag: "service",
      work: .light, answer: Route.Answer(schema: "Ready", about: "It does."), problems: [.notReady]
    ) { _ in
      let store = try service.store
      do {
        _ = try await store.get(ids: Self.anyIDs)
      } catch {
        throw Self.notReady("the store", error)
      }
      if let embedder = store.embedder {
        do {
          try await service.embedderProbe.check(embedder)
        } catch {
          throw Self.notReady("the embedder", error)
        }
      }
      return try .json(["status": "ready", "store": "ok", "embedder": store.embedder == nil ? "none" : "ok"])
    }
  }

  private var metrics: Route {
    Route(
      method: .get, path: "/metrics", name: "metrics", summary: "Figures for Prometheus", tag: "service", work: .light,
      answer: Route.Answer(type: "text/plain", about: "Prometheus' text format, version 0.0.4.")
    ) { _ in
      .text(await MetricsPage(service: service).text(), type: PrometheusText.type)
    }
  }

  /// One for each type that a table's ids may have: for an id that cannot be there a store need not ask its database.
  private static let anyIDs = ["ready", "0", "00000000-0000-0000-0000-000000000000"]

  private static func notReady(_ part: String, _ error: any Error) -> any Error {
    if error is CancellationError { return error }
    var problem = Problem(.notReady, "\(part) cannot be used now")
    problem.cause = error
    return problem
  }
}
