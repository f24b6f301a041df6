// SPDX-License-Identifier: Apache-2.0

internal import CCurl

/// An `http:` or `https:` URL, taken apart by the library that will follow it.
struct ServerURL: Sendable, Hashable {
  /// `http` or `https`.
  let scheme: String
  /// Name and password as they are written, with `@`; empty for none.
  private let user: String
  /// The host, with the port where one is written.
  let host: String
  /// The path, with its first `/`.
  private(set) var path: String
  /// What follows `?`, as it is written; empty for nothing.
  private(set) var query: String
  /// Texts in the URL that are not to be shown: name, password, the query's values; as they are written and decoded.
  private(set) var secrets: [String]

  /// Takes a URL apart; nil for one that has another scheme, a fragment, or no host.
  init?(_ text: String) {
    guard let handle = curl_url() else { return nil }
    defer { curl_url_cleanup(handle) }
    guard !text.utf8.contains(0), curl_url_set(handle, CURLUPART_URL, text, 0) == CURLUE_OK else { return nil }
    func part(_ part: CURLUPart, decoded: Bool = false) -> String {
      var pointer: UnsafeMutablePointer<CChar>?
      let status = curl_url_get(handle, part, &pointer, decoded ? UInt32(CURLU_URLDECODE) : 0)
      defer { curl_free(pointer) }
      guard status == CURLUE_OK, let pointer else { return "" }
      return String(cString: pointer)
    }
    scheme = part(CURLUPART_SCHEME)
    guard scheme == "http" || scheme == "https", part(CURLUPART_FRAGMENT).isEmpty else { return nil }
    let (name, password, port) = (part(CURLUPART_USER), part(CURLUPART_PASSWORD), part(CURLUPART_PORT))
    guard !part(CURLUPART_HOST).isEmpty else { return nil }
    user = name.isEmpty && password.isEmpty ? "" : "\(name):\(password)@"
    host = part(CURLUPART_HOST) + (port.isEmpty ? "" : ":\(port)")
    path = part(CURLUPART_PATH)
    query = part(CURLUPART_QUERY)
    let queries = [query, part(CURLUPART_QUERY, decoded: true)]
    let values = queries.flatMap { $0.split(separator: "&") }.compactMap { pair in
      pair.split(separator: "=", maxSplits: 1).last.map(String.init)
    }
    let decoded = [part(CURLUPART_USER, decoded: true), part(CURLUPART_PASSWORD, decoded: true)]
    secrets = [name, password] + decoded + values
  }

  /// The URL of something below this one.
  ///
  /// - Parameter name: a path without its first `/`; nothing is added where the URL ends with it already.
  func appending(_ name: String) -> ServerURL {
    var result = self
    while result.path.hasSuffix("/") { result.path.removeLast() }
    if !result.ends(with: name) { result.path += "/\(name)" }
    return result
  }

  /// Whether the path ends with another, which has no first `/`; a `/` at the end does not count.
  func ends(with name: String) -> Bool { path.hasSuffix("/\(name)") || path.hasSuffix("/\(name)/") }

  /// The URL with one more parameter, whose value is no secret. One that it has already stays.
  func adding(_ name: String, _ value: String) -> ServerURL {
    guard !query.split(separator: "&").contains(where: { $0.hasPrefix("\(name)=") }) else { return self }
    var result = self
    result.query += (query.isEmpty ? "" : "&") + "\(name)=\(Self.escaped(value))"
    return result
  }

  /// All of it, to be followed.
  var text: String { "\(scheme)://\(user)\(host)\(path)\(query.isEmpty ? "" : "?\(query)")" }

  /// It without name, password and query, to be shown.
  var shown: String { "\(scheme)://\(host)\(path)" }

  /// A text as one segment of a path, or one value of a query.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        escaped.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        escaped += "%" + (digits.count == 1 ? "0" : "") + digits
      }
    }
    return escaped
  }
}
