// SPDX-License-Identifier: Apache-2.0

/// The space of a collection's vectors as the collection records it.
public struct RecordedSpace: Sendable, Hashable {
  /// The space.
  public var space: EmbeddingSpace
  /// How the embedder is named on a command line, where it was told.
  public var embedderName: String?

  /// A space with its embedder's name.
  public init(_ space: EmbeddingSpace, embedderName: String? = nil) {
    self.space = space
    self.embedderName = embedderName
  }
}
