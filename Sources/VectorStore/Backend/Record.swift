// SPDX-License-Identifier: Apache-2.0

/// A document as a store keeps it: with an id and its vector.
public struct Record: Sendable, Hashable {
  /// The id, unique in the collection, of at least one byte.
  public var id: String
  /// The text.
  public var content: String
  /// What filters look at.
  public var metadata: JSONObject
  /// The vector; in what a store returns, empty where it was not asked for.
  public var vector: [Float]

  /// A record of these parts.
  public init(id: String, content: String, metadata: JSONObject = [:], vector: [Float] = []) {
    self.id = id
    self.content = content
    self.metadata = metadata
    self.vector = vector
  }

  /// The record without its vector.
  public var document: Document { Document(id: id, content: content, metadata: metadata) }
}
