// SPDX-License-Identifier: Apache-2.0

/// A part of a collection's documents, in the order of the ids' bytes.
public struct DocumentPage: Sendable {
  /// The documents.
  public var documents: [Document]
  /// What to give to the next call for the documents after these; nil where there are none.
  public var cursor: String?

  /// A page of these parts.
  public init(documents: [Document], cursor: String?) {
    self.documents = documents
    self.cursor = cursor
  }
}
