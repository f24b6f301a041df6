// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// The parameters behind the `?` of a request, each at most once.
struct QueryParameters: Sendable {
  private var values: [String: String] = [:]

  /// - Throws: ``Problem`` for a broken escape, for bytes that are not UTF-8, and for a name that is there twice.
  init(_ query: String?) throws {
    guard let query, !query.isEmpty else { return }
    for pair in query.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = PercentDecoding.decode(parts[0], plusIsSpace: true),
        let value = PercentDecoding.decode(parts.count > 1 ? parts[1] : "", plusIsSpace: true)
      else { throw Problem(.invalidPath, "the query of the URL holds a broken escape, or is not UTF-8") }
      guard values.updateValue(value, forKey: name) == nil else {
        throw Problem.member(name, "is there twice")
      }
    }
  }

  /// The parameters as the members of a request's body would be, by the kinds that a route says they have.
  ///
  /// - Throws: ``Problem`` for an unknown name and for a value of another kind.
  func fields(_ parameters: [Parameter]) throws -> Fields {
    var object: JSONObject = [:]
    for (name, text) in values {
      guard let kind = parameters.first(where: { $0.name == name })?.kind else {
        let names = parameters.map(\.name).sorted().joined(separator: ", ")
        throw Problem.member(
          name, names.isEmpty ? "is not known here: there are no parameters" : "is not known here; there are \(names)")
      }
      object[name] = try Self.value(text, kind, name)
    }
    return Fields(known: object)
  }

  private static func value(_ text: String, _ kind: Parameter.Kind, _ name: String) throws -> JSONValue {
    switch kind {
    case .text: return .string(text)
    case .flag:
      guard text == "true" || text == "false" else { throw Problem.member(name, "is true or false, not '\(text)'") }
      return .bool(text == "true")
    case .number:
      guard let value = JSONNumber.value(of: text) else { throw Problem.member(name, "is a number, not '\(text)'") }
      return value
    case .json:
      do {
        return try JSONValue(parsing: text, options: .init(duplicateKeys: .reject, depthLimit: 200))
      } catch {
        throw Problem(error).at(name)
      }
    }
  }
}
