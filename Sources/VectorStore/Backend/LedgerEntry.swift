// SPDX-License-Identifier: Apache-2.0

/// What sync remembers of a document that it wrote: where it came from, and what it was.
public struct LedgerEntry: Sendable, Hashable {
  /// Where the document came from, such as a file.
  public var source: String
  /// The document's id.
  public var id: String
  /// The hash of the text and the metadata; equal ones need no work.
  public var hash: String
  /// The hash of the text alone; documents with equal ones can share a vector.
  public var textHash: String

  /// An entry of these values.
  public init(source: String, id: String, hash: String, textHash: String) {
    self.source = source
    self.id = id
    self.hash = hash
    self.textHash = textHash
  }
}
