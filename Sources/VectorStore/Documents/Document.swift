// SPDX-License-Identifier: Apache-2.0

/// A passage of text with what is known about it: what a store keeps and a search returns.
public struct Document: Sendable, Hashable {
  /// The id, unique in its collection; nil for a document that has none yet, which a store then gives it. Ids compare
  /// by their bytes of UTF-8.
  public var id: String?
  /// The text that is embedded and found by keywords.
  public var content: String
  /// What filters look at.
  public var metadata: JSONObject

  /// A document with this text.
  public init(id: String? = nil, content: String, metadata: JSONObject = [:]) {
    self.id = id
    self.content = content
    self.metadata = metadata
  }

  /// A document whose metadata is a value of the user's own type.
  ///
  /// - Throws: ``VectorStoreError/Code/encodingFailed`` if the value's JSON form is no object.
  public init(id: String? = nil, content: String, encoding metadata: some Encodable) throws {
    guard case .object(let object) = try JSONValue(encoding: metadata) else {
      throw VectorStoreError(
        .encodingFailed, "metadata must be an object, but \(type(of: metadata)) is encoded as another kind of JSON")
    }
    self.init(id: id, content: content, metadata: object)
  }

  /// The metadata as a value of the user's own type.
  ///
  /// Dates are read from ISO 8601 text. See ``JSONValue/decode(_:)``.
  ///
  /// - Throws: ``VectorStoreError/Code/decodingFailed`` with the path of the member that does not fit.
  public func metadata<T: Decodable>(as type: T.Type = T.self) throws -> T {
    try JSONValue.object(metadata).decode(type)
  }

  /// Whether both are the same, strings by their bytes.
  public static func == (a: Document, b: Document) -> Bool {
    a.id.map(ByteKey.init) == b.id.map(ByteKey.init) && ByteOrder.equal(a.content, b.content)
      && a.metadata == b.metadata
  }

  /// Hashes what equality compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(id.map(ByteKey.init))
    hasher.combine(ByteKey(content))
    hasher.combine(metadata)
  }
}
