// SPDX-License-Identifier: Apache-2.0

internal import VectorStoreCore

/// The parameters of a connection URL in libpq's terms; values stay percent-encoded.
struct QueryParameters {
  private var pairs: [(name: String, value: Substring)] = []

  /// - Throws: ``VectorStoreError/Code/invalidArgument`` for a name that libpq does not know.
  init(_ query: Substring) throws {
    var mode: Substring?
    for piece in query.split(separator: "&") {
      guard let equals = piece.firstIndex(of: "=") else {
        throw ConnectionStringError.malformed("a parameter has no '=' and value")
      }
      let name = String(piece[..<equals])
      let value = piece[piece.index(after: equals)...]
      guard !value.contains("=") else {
        throw ConnectionStringError.malformed("a parameter has two '='; in a value it is written %3D")
      }
      switch name {
      case "ssl":
        guard let known = Self.sslModes[value.lowercased()] else { throw ConnectionStringError.badSSL("") }
        guard mode == nil || mode == known else { throw ConnectionStringError.badSSL("conflict") }
        mode = known
      case "sslmode":
        guard mode == nil || mode == value else { throw ConnectionStringError.badSSL("conflict") }
        mode = value
      case "host": addHost(value)
      default:
        guard ConnectionSettings.keywords.contains(name) else {
          guard Self.isName(name) else { throw ConnectionStringError.malformed("a parameter's name is no word") }
          throw ConnectionStringError.unknown(name)
        }
        pairs.append((name, value))
      }
    }
    if let mode { pairs.append(("sslmode", mode)) }
  }

  var isEmpty: Bool { pairs.isEmpty }

  /// The query as libpq reads it.
  var text: String { pairs.map { "\($0.name)=\($0.value)" }.joined(separator: "&") }

  /// SQLAlchemy writes many hosts as `host=a:1&host=b:2`, libpq as `host=a,b&port=1,2`.
  private mutating func addHost(_ value: Substring) {
    var name = value
    var port: Substring = ""
    // An IPv6 address has several colons, a folder of a socket a slash.
    if value.count(where: { $0 == ":" }) == 1, let colon = value.firstIndex(of: ":"), !value.hasPrefix("/") {
      name = value[..<colon]
      port = value[value.index(after: colon)...]
    }
    let known = pairs.firstIndex { $0.name == "host" }
    if let known { pairs[known].value += "," + name } else { pairs.append(("host", name)) }
    if known != nil, let ports = pairs.firstIndex(where: { $0.name == "port" }) {
      pairs[ports].value += "," + port
    } else if !port.isEmpty {
      pairs.append(("port", port))
    }
  }

  private static func isName(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 40 && name.utf8.allSatisfy { $0 == 0x5F || (0x61...0x7A).contains($0 | 0x20) }
  }

  private static let sslModes: [String: Substring] = [
    "true": "require", "1": "require", "yes": "require", "on": "require", "require": "require",
    "false": "disable", "0": "disable", "no": "disable", "off": "disable", "disable": "disable",
    "allow": "allow", "prefer": "prefer", "verify-ca": "verify-ca", "verify-full": "verify-full",
  ]
}
