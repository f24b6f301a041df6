// SPDX-License-Identifier: Apache-2.0

internal import CLibPQ
internal import VectorStoreCore

/// What a connection string says, in libpq's terms.
///
/// It shows no password: not in its description, nor to `dump`.
struct ConnectionSettings: Sendable, CustomStringConvertible, CustomReflectable {
  /// One of the hosts that are tried in order.
  struct Host: Sendable, Hashable {
    var name: String?
    var address: String?
    var port: String?
  }

  /// libpq's parameters by keyword, without those that are not given.
  private(set) var parameters: [String: String]

  /// Reads a URL or libpq's pairs.
  ///
  /// - Throws: ``VectorStoreError/Code/invalidArgument``, with the right form.
  init(_ text: String) throws {
    let text = text.trimmedOfSpace
    guard !text.isEmpty else { throw ConnectionStringError.malformed("it is empty") }
    guard !text.utf8.contains(0) else { throw ConnectionStringError.malformed("it holds a NUL byte") }
    let plain = try ConnectionURL(text)?.plain ?? text
    // libpq's message is not used: it quotes the text.
    guard let options = PQconninfoParse(plain, nil) else {
      let isURL = plain != text || text.contains("://")
      throw ConnectionStringError.malformed(isURL ? "a part of it is not percent-encoded, or misplaced" : nil)
    }
    defer { PQconninfoFree(options) }
    var parameters: [String: String] = [:]
    var option = options
    while let keyword = option.pointee.keyword {
      if let value = option.pointee.val { parameters[String(cString: keyword)] = String(cString: value) }
      option += 1
    }
    self.parameters = parameters
    try check()
  }

  /// The keywords that libpq knows here.
  static let keywords: Set<String> = {
    guard let options = PQconndefaults() else { return [] }
    defer { PQconninfoFree(options) }
    var names: Set<String> = []
    var option = options
    while let keyword = option.pointee.keyword {
      names.insert(String(cString: keyword))
      option += 1
    }
    return names
  }()

  /// libpq would find these out when it connects, and its messages would quote pieces of a password that was not encoded.
  private func check() throws {
    for port in (parameters["port"] ?? "").split(separator: ",", omittingEmptySubsequences: true) {
      guard let number = UInt16(port.filter { $0 != " " }), number > 0 else {
        throw ConnectionStringError.malformed("its port is not a number from 1 to 65535")
      }
    }
    guard parameters["host"]?.contains("@") != true || parameters["host"]?.hasPrefix("@") == true else {
      throw ConnectionStringError.malformed("its host has an '@'; in a password, '@' is written %40")
    }
  }

  /// The hosts in the order of the string; one without a name where it says none.
  var hosts: [Host] {
    let names = list("host")
    let addresses = list("hostaddr")
    let ports = list("port")
    let count = max(names.count, addresses.count, 1)
    func entry(_ list: [String], _ place: Int) -> String? {
      list.indices.contains(place) && !list[place].isEmpty ? list[place] : nil
    }
    return (0..<count).map { place in
      Host(
        name: entry(names, place), address: entry(addresses, place),
        port: entry(ports, ports.count == 1 ? 0 : place))
    }
  }

  private func list(_ keyword: String) -> [String] {
    guard let value = parameters[keyword], !value.isEmpty else { return [] }
    return value.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }

  /// The parameters with these hosts.
  func parameters(with hosts: [Host]) -> [String: String] {
    var parameters = parameters
    parameters["host"] = parameters["host"] == nil ? nil : hosts.map { $0.name ?? "" }.joined(separator: ",")
    parameters["hostaddr"] = parameters["hostaddr"] == nil ? nil : hosts.map { $0.address ?? "" }.joined(separator: ",")
    parameters["port"] = parameters["port"] == nil ? nil : hosts.map { $0.port ?? "" }.joined(separator: ",")
    return parameters
  }

  /// Database and hosts.
  var description: String {
    let places = hosts.map { host in
      [host.name ?? host.address, host.port].compactMap { $0 }.joined(separator: ":")
    }
    return "postgresql://\(places.joined(separator: ","))/\(parameters["dbname"] ?? "")"
  }

  var customMirror: Mirror { Mirror(self, children: ["description": description]) }
}

extension String {
  fileprivate var trimmedOfSpace: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }
}
