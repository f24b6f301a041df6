// SPDX-License-Identifier: Apache-2.0

/// What there is to know about a collection.
public struct StoreStatistics: Sendable {
  /// Documents.
  public var count: Int
  /// The recorded space, once there is one.
  public var space: EmbeddingSpace?
  /// How the embedder was named that made it.
  public var embedderName: String?
  /// Bytes that the collection, or the store where it cannot be told apart, takes on disk.
  public var bytes: Int?
  /// The vector index.
  public var index: IndexStatus
  /// More, by name, for people and programs.
  public var details: JSONObject

  /// Statistics of these values.
  public init(
    count: Int, space: EmbeddingSpace?, embedderName: String?, bytes: Int?, index: IndexStatus,
    details: JSONObject = [:]
  ) {
    self.count = count
    self.space = space
    self.embedderName = embedderName
    self.bytes = bytes
    self.index = index
    self.details = details
  }
}
