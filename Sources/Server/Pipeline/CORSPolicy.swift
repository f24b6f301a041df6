// SPDX-License-Identifier: Apache-2.0

import HTTPTypes

/// Which web pages may use the service: cross-origin resource sharing as the Fetch standard has it.
struct CORSPolicy: Sendable {
  let origins: Set<String>

  func allows(_ origin: String) -> Bool { origins.contains(origin) }

  /// The headers that let the page of a request read the answer; none for other pages.
  func headers(for head: HTTPRequest) -> HTTPFields {
    guard !origins.isEmpty else { return [:] }
    var fields: HTTPFields = [.vary: "Origin"]
    if let origin = head.headerFields[.origin], allows(origin) {
      fields[.accessControlAllowOrigin] = origin
      fields[.accessControlExposeHeaders] = "X-Request-ID, Retry-After"
    }
    return fields
  }

  /// The further headers of the answer to a preflight; nil where the request is none, or its page is not allowed.
  func preflight(_ head: HTTPRequest, methods: String) -> HTTPFields? {
    guard let origin = head.headerFields[.origin], allows(origin),
      head.headerFields[.accessControlRequestMethod] != nil
    else { return nil }
    return [
      .accessControlAllowMethods: methods,
      .accessControlAllowHeaders: "Authorization, Content-Type, X-API-Key, X-Request-ID",
      .accessControlMaxAge: "600",
    ]
  }
}
