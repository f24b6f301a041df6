// SPDX-License-Identifier: Apache-2.0

/// How long chunks may be.
public struct ChunkSize: Sendable {
  /// The longest chunk, in the unit of ``measure``.
  public let limit: Int
  /// How much of the end of a chunk the next one may repeat, in the same unit.
  public let overlap: Int
  /// The length of a text; nil counts characters (grapheme clusters).
  let measure: (@Sendable (Substring) -> Int)?

  /// At most this many characters as a reader counts them (grapheme clusters).
  ///
  /// - Throws: ``VectorStoreError/Code/invalidArgument`` unless 0 ≤ overlap < limit.
  public static func characters(_ limit: Int, overlap: Int = 0) throws -> ChunkSize {
    try ChunkSize(limit: limit, overlap: overlap, measure: nil)
  }

  /// At most this many tokens, as the embedder's tokenizer counts them. A text must not have more tokens than one that
  /// contains it.
  ///
  /// - Parameter count: the tokens of a text. It is called many times for each chunk, with texts that are seldom longer
  ///   than a chunk.
  /// - Throws: ``VectorStoreError/Code/invalidArgument`` unless 0 ≤ overlap < limit.
  public static func tokens(_ limit: Int, overlap: Int = 0, count: @escaping @Sendable (Substring) -> Int) throws
    -> ChunkSize
  {
    try ChunkSize(limit: limit, overlap: overlap, measure: count)
  }

  private init(limit: Int, overlap: Int, measure: (@Sendable (Substring) -> Int)?) throws {
    guard limit > 0, overlap >= 0, overlap < limit else {
      throw VectorStoreError(
        .invalidArgument,
        "a chunk must be longer than 0 and than its overlap, but limit is \(limit) and overlap \(overlap)")
    }
    self.limit = limit
    self.overlap = overlap
    self.measure = measure
  }
}
