// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// A line of `search --batch`: `{"query"}`, `{"vector"}` or `{"like"}`, with `k`, `filter` and `keywords` if they differ
/// from the flags.
struct BatchLine {
  /// What is asked.
  let request: SearchRequest

  /// The request of a line.
  ///
  /// - Throws: ``FileFault`` or what the filter's decoder throws.
  init(_ bytes: [UInt8], options: SearchOptions) throws {
    let json = try JSONValue(parsing: bytes, options: .init(duplicateKeys: .reject))
    guard let object = json.objectValue else { throw FileFault("an object was expected, not \(json.kindDescription)") }
    if let unknown = object.keys.first(where: { !Self.keys.contains($0) }) {
      throw FileFault("there is no \"\(unknown)\" in a line; there are \(Self.keys.joined(separator: ", "))")
    }
    var request = try options.request(Self.query(object))
    if let k = object["k"] {
      guard let number = k.integerValue, number >= 0, let value = Int(exactly: number) else {
        throw FileFault("\"k\" is a whole number from 0 on")
      }
      request.k = value
    }
    if let filter = object["filter"], !filter.isNull { request.filter = try Filter(eitherForm: filter) }
    if let keywords = object["keywords"], !keywords.isNull {
      guard let words = keywords.stringValue else { throw FileFault("\"keywords\" is a string") }
      request.hybrid = request.hybrid ?? SearchRequest.Hybrid()
      request.hybrid?.keywords = words
    }
    self.request = request
  }

  private static let keys = ["query", "vector", "like", "k", "filter", "keywords"]

  private static func query(_ object: JSONObject) throws -> SearchRequest.Query {
    let given = ["query", "vector", "like"].filter { object[$0] != nil }
    guard given.count == 1, let key = given.first, let value = object[key] else {
      throw FileFault("a line has one of \"query\", \"vector\" and \"like\"")
    }
    if key == "vector" { return .vector(try VectorText.vector(value)) }
    guard let text = value.stringValue else { throw FileFault("\"\(key)\" is a string") }
    if key == "like" { return .like(id: text) }
    guard !text.allSatisfy(\.isWhitespace) else { throw FileFault("the question is empty") }
    return .text(text)
  }
}
