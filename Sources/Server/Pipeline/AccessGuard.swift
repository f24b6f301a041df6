// SPDX-License-Identifier: Apache-2.0

import HTTPTypes

/// Who may ask: the host that the request names, the page that it comes from, the key.
struct AccessGuard: Sendable {
  let key: APIKey?
  let hosts: ServerOptions.Hosts
  let origins: CORSPolicy

  /// - Throws: ``Problem`` for a host that is not allowed.
  func checkHost(_ head: HTTPRequest) throws {
    let isAllowed: (String) -> Bool
    switch hosts {
    case .any: return
    case .loopback: isAllowed = { ["localhost", "127.0.0.1", "[::1]"].contains($0) }
    case .only(let names): isAllowed = { host in names.contains { $0.lowercased() == host } }
    }
    guard let authority = head.authority, isAllowed(Self.host(of: authority)) else {
      throw Problem(
        .hostNotAllowed, "the service is not reached under the host that the request names; see the option 'hosts'")
    }
  }

  /// Refuses what a page of another site makes a browser send. Only what changes something is asked for.
  ///
  /// - Throws: ``Problem``.
  func checkOrigin(_ head: HTTPRequest) throws {
    let origin = head.headerFields[.origin]
    if let origin, origins.allows(origin) { return }
    let site = head.headerFields[.secFetchSite]
    let isForeign: Bool
    if let site {
      isForeign = site != "same-origin" && site != "none"
    } else if let origin {
      let own = head.authority.map { "://\($0.lowercased())" }
      isForeign = own.map { !origin.lowercased().hasSuffix($0) } ?? true
    } else {
      isForeign = false
    }
    guard !isForeign else {
      throw Problem(.originNotAllowed, "pages of this origin may not use the service; see the option 'origins'")
    }
  }

  /// - Throws: ``Problem`` where a key is set and the request has another or none.
  func checkKey(_ head: HTTPRequest) throws {
    guard let key else { return }
    if let given = Self.key(in: head.headerFields), key.matches(given) { return }
    var problem = Problem(
      .unauthorized, "the service has a key: send it as 'Authorization: Bearer KEY' or 'X-API-Key: KEY'")
    problem.headers[.wwwAuthenticate] = "Bearer"
    throw problem
  }

  private static func key(in headers: HTTPFields) -> String? {
    if let key = headers[.apiKey] { return key }
    guard let value = headers[.authorization], let space = value.firstIndex(of: " "),
      value[..<space].lowercased() == "bearer"
    else { return nil }
    return String(value[space...].drop { $0 == " " })
  }

  /// The host of `host:port`, in lower case.
  private static func host(of authority: String) -> String {
    let authority = authority.lowercased()
    if authority.hasPrefix("[") { return authority.firstIndex(of: "]").map { String(authority[...$0]) } ?? authority }
    return String(authority.prefix { $0 != ":" })
  }
}
