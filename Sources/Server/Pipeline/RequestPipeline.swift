// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Logging

/// What happens to every request around its route's handler, from the outside in: id, log and figures; headers; errors as
/// documents; host, page and key; body; turn; time.
struct RequestPipeline: Sendable {
  /// Bytes of JSON that are read in a few hundred microseconds.
  private static let briefBody = 64 << 10

  let access: AccessGuard
  let limits: ServerLimits
  let bodies: BodyReader
  let admission: Admission
  let metrics: ServerMetrics
  let clients = Clients()
  let isReadOnly: Bool

  init(_ options: ServerOptions, metrics: ServerMetrics) {
    access = AccessGuard(
      key: options.key, hosts: options.allowedHosts, origins: CORSPolicy(origins: options.origins))
    limits = options.limits
    bodies = BodyReader(options.limits)
    admission = Admission(
      limit: options.limits.concurrentRequests, waitingLimit: options.limits.waitingRequests)
    self.metrics = metrics
    isReadOnly = options.isReadOnly
  }

  /// The answer of a route. It never fails: errors are answers too.
  ///
  /// - Parameters:
  ///   - rest: what of the path the route leaves open.
  ///   - client: who waits for the answer, where that is known.
  func answer(_ request: Request, route: Route, rest: String, client: Client?, logger: Logger) async -> Response {
    await frame(request, name: route.path, hasOpenAIErrors: route.hasOpenAIErrors, logger: logger) {
      try access.checkHost(request.head)
      if request.method != .get, request.method != .head { try access.checkOrigin(request.head) }
      if route.access == .keyHolders { try access.checkKey(request.head) }
      if route.work == .change, isReadOnly {
        throw Problem(.readOnly, ProblemCode.readOnly.generalDetail ?? "")
      }
      let query = try QueryParameters(request.uri.query)
      return try await bodies.read(request, on: client?.executor) { body in
        let request = APIRequest(
          headers: request.headers, path: request.uri.path, rest: rest, query: query, body: body)
        return try await work(route, request, client)
      }
    }
  }

  /// The answer to a method that a path does not have, and to `OPTIONS`.
  func answer(_ request: Request, path: String, methods: [HTTPRequest.Method], logger: Logger) async -> Response {
    let allowed = (methods + [.options]).map(\.rawValue).joined(separator: ", ")
    return await frame(request, name: path, hasOpenAIErrors: false, logger: logger) {
      guard request.method == .options else {
        var problem = Problem(.methodNotAllowed, "there is no \(request.method.rawValue) here; there are \(allowed)")
        problem.headers[.allow] = allowed
        throw problem
      }
      var headers: HTTPFields = [.allow: allowed]
      if let preflight = access.origins.preflight(request.head, methods: allowed) {
        headers.append(contentsOf: preflight)
      }
      return APIResponse(status: .noContent, headers: headers)
    }
  }

  /// The answer to a path that no route has.
  func answerNothing(_ request: Request, logger: Logger) async -> Response {
    await frame(request, name: "(none)", hasOpenAIErrors: false, logger: logger) {
      try access.checkHost(request.head)
      throw Problem(.noSuchRoute, "there is nothing here; /openapi.json lists what there is")
    }
  }

  private func work(_ route: Route, _ request: APIRequest, _ client: Client?) async throws -> APIResponse {
    let isLong = route.work == .long || route.work == .change
    let limit = isLong ? limits.writeTimeout : limits.timeout
    // What changes the store is done whether its answer is heard or not.
    return try await Deadline.run(
      limit, Problem(.timeout, "the request took more than \(limit) and was cancelled"),
      on: route.isBrief && request.body.count <= Self.briefBody ? client?.executor : nil,
      for: route.work == .change ? nil : client
    ) {
      if route.work == .light { return try await route.handle(request) }
      return try await admission.run { try await route.handle(request) }
    }
  }

  private func frame(
    _ request: Request, name: String, hasOpenAIErrors: Bool, logger: Logger,
    _ body: () async throws -> APIResponse
  ) async -> Response {
    let start = ContinuousClock.now
    let id = RequestIDs.id(of: request.head)
    metrics.began()
    var answer: APIResponse
    do {
      answer = try await body()
    } catch {
      let problem = Problem(error)
      if problem.code.status.kind == .serverError {
        logger.error(
          "request failed", metadata: ["request_id": "\(id)", "route": "\(name)", "error": "\(error)"])
      }
      answer = problem.answer(requestID: id, isOpenAI: hasOpenAIErrors)
    }
    answer.headers[.requestID] = id
    for field in SecurityHeaders.fields where !answer.headers.contains(field.name) { answer.headers.append(field) }
    answer.headers.append(contentsOf: access.origins.headers(for: request.head))
    let time = ContinuousClock.now - start
    metrics.ended(method: request.method.rawValue, route: name, status: answer.status.code, time: time)
    logger.debug(
      "request",
      metadata: [
        "request_id": "\(id)", "method": "\(request.method.rawValue)", "route": "\(name)",
        "status": "\(answer.status.code)", "seconds": "\(time.seconds)",
      ])
    let response = Response(status: answer.status, headers: answer.headers, body: ResponseBody(byteBuffer: answer.body))
    return request.method == .head ? response.createHeadResponse() : response
  }
}
