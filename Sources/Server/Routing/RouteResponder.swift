// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird

/// Answers all methods of one path.
struct RouteResponder<Context: RequestContext>: HTTPResponder {
  let pipeline: RequestPipeline
  let path: String
  let routes: [Route]
  /// The routes whose open end this path's last part would be, were it not a path of its own: a document may be called
  /// `delete`.
  let openRoutes: [Route]

  func respond(to request: Request, context: Context) async throws -> Response {
    let method = request.method == .head ? .get : request.method
    let route = routes.first { $0.method == method } ?? openRoutes.first { $0.method == method }
    guard let route else {
      let methods = (routes + openRoutes).map(\.method)
      return await pipeline.answer(
        request, path: path, methods: methods.contains(.get) ? methods + [.head] : methods, logger: context.logger)
    }
    let rest = route.isOpenEnded ? Self.rest(of: request.uri.path, endpoint: context.endpointPath ?? "") : ""
    let client = (context as? ServiceContext).flatMap { pipeline.clients[$0.channel] }
    return await pipeline.answer(request, route: route, rest: rest, client: client, logger: context.logger)
  }

  /// What of a path is left where the endpoint's pattern has its last part, encoded as it was sent. The routes may be
  /// mounted below another path, so the parts before it are counted.
  private static func rest(of path: String, endpoint: String) -> String {
    var fixed = endpoint.split(separator: "/").count - 1
    var rest = Substring(path)
    while fixed > 0 {
      rest = rest.drop { $0 == "/" }.drop { $0 != "/" }
      fixed -= 1
    }
    return String(rest.dropFirst())
  }
}
