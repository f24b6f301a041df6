// SPDX-License-Identifier: Apache-2.0

import HTTPTypes

/// All routes of the service.
struct RouteTable: Sendable {
  let routes: [Route]

  init(_ service: StoreService) {
    var routes = DocumentRoutes(service: service).routes
    routes += ChangeRoutes(service: service).routes
    routes += SearchRoutes(service: service).routes
    routes += StoreRoutes(service: service).routes
    routes += IndexRoutes(service: service).routes
    routes += FileRoutes(service: service).routes
    routes += EmbeddingRoutes(service: service).routes
    routes += HealthRoutes(service: service).routes
    routes.append(OpenAPIRoute(described: routes, limits: service.limits).route)
    if service.options.hasPage { routes += PageRoutes().routes }
    self.routes = routes
  }

  /// The paths, each with its routes, in the order of the table.
  var paths: [(path: String, routes: [Route])] {
    var paths: [(path: String, routes: [Route])] = []
    for route in routes {
      if let place = paths.firstIndex(where: { $0.path == route.path }) {
        paths[place].routes.append(route)
      } else {
        paths.append((route.path, [route]))
      }
    }
    return paths
  }
}
