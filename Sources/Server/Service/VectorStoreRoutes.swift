// SPDX-License-Identifier: Apache-2.0

public import Hummingbird

/// The HTTP service of a store: routes for an application of one's own, or an application of their own.
///
/// ```swift
/// let router = Router()
/// VectorStoreRoutes(StoreHandle(store)).add(to: router.group("notes"))
/// ```
///
/// `GET /openapi.json` describes the routes. Answers to errors are of RFC 9457 with a `code` that does not change.
public struct VectorStoreRoutes: Sendable {
  let service: StoreService
  let table: RouteTable

  /// The routes of a store.
  public init(_ store: StoreHandle, options: ServerOptions = ServerOptions()) {
    service = StoreService(store, options)
    table = RouteTable(service)
  }

  /// Registers the routes.
  ///
  /// Middleware that the router has already is run before them; errors of the routes are answers, so that none of it sees
  /// them thrown.
  ///
  /// - Parameter router: a router, or a group of one to have them below a path.
  public func add<Context: RequestContext>(to router: some RouterMethods<Context>) {
    for (path, routes) in table.paths {
      let responder = RouteResponder<Context>(
        pipeline: service.pipeline, path: path, routes: routes, openRoutes: openRoutes(over: path))
      for method in Self.methods { router.on(Self.pattern(path), method: method, responder: responder) }
    }
  }

  /// The methods and paths of all routes, such as `GET /documents/{id}`.
  public var operations: [String] { table.routes.map { "\($0.method.rawValue) \($0.path)" } }

  /// All methods that there are: those that a path does not have are answered too.
  private static let methods: [HTTPRequest.Method] =
    [.get, .head, .post, .put, .patch, .delete, .options, .trace, .connect]
    + ["QUERY"].compactMap { HTTPRequest.Method($0) }

  private func openRoutes(over path: String) -> [Route] {
    guard let slash = path.lastIndex(of: "/"), !path.hasSuffix("}") else { return [] }
    return table.routes.filter { $0.path == "\(path[..<slash])/{id}" }
  }

  /// A document's id may hold slashes, which many clients do not encode.
  private static func pattern(_ path: String) -> RouterPath { RouterPath(path.replacing("{id}", with: "**")) }
}
