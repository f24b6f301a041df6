// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// A document as it is sent: `{"content", "metadata"?, "id"?, "embedding"?}`.
struct DocumentBody {
  let document: Document
  /// Nil where the text has to be embedded.
  let vector: [Float]?

  /// - Parameter id: the id where the path says it; then the body has none.
  init(_ value: JSONValue, at place: String, id: String? = nil) throws {
    let keys: Set<String> = ["content", "metadata", "embedding"]
    let fields = try Fields(value, at: place, keys: id == nil ? keys.union(["id"]) : keys)
    guard let content = try fields.string("content") else {
      throw Problem.member(fields.path("content"), "is missing: the text of the document")
    }
    document = Document(
      id: try id ?? fields.string("id"), content: content, metadata: try fields.object("metadata") ?? [:])
    vector = try fields.vector("embedding")
  }

  /// The documents of a body: a list, or an object with a list under `documents`.
  static func list(_ body: JSONValue, limit: Int) throws -> [DocumentBody] {
    let (rows, place): ([JSONValue], String)
    if case .array(let elements) = body {
      guard elements.count <= limit else {
        throw Problem(.invalidRequest, "there are \(elements.count) documents; there may be \(limit) in a call")
      }
      (rows, place) = (elements, "")
    } else {
      guard let elements = try Fields(body, keys: ["documents"]).array("documents", limit: limit) else {
        throw Problem(.invalidRequest, "a list of documents was expected, or {\"documents\": […]}")
      }
      (rows, place) = (elements, "documents")
    }
    return try rows.enumerated().map { try DocumentBody($1, at: "\(place)[\($0)]") }
  }
}
