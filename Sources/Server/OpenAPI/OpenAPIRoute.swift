// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import VectorStoreCore

/// `/openapi.json`: what the table of routes says.
struct OpenAPIRoute: Sendable {
  let described: [Route]
  let limits: ServerLimits

  var route: Route {
    var routes = described
    let document = Route(
      method: .get, path: "/openapi.json", name: "openapi", summary: "This description", tag: "service",
      work: .light, answer: Route.Answer(schema: "Object", about: "OpenAPI 3.1."), handle: { _ in APIResponse() })
    routes.append(document)
    let text = Result { try OpenAPIDocument(routes: routes, limits: limits).object() }
    return Route(
      method: document.method, path: document.path, name: document.name, summary: document.summary, tag: document.tag,
      work: document.work, answer: document.answer
    ) { _ in try .json(try text.get()) }
  }
}
