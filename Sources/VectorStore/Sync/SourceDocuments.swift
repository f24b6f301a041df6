// SPDX-License-Identifier: Apache-2.0

/// What a source holds now, such as the chunks of a file: what ``VectorStore/sync(_:cleanup:dryRun:progress:)-(Sources,_,_,_)`` takes.
public struct SourceDocuments: Sendable {
  /// Where the documents come from, by a name that stays the same from run to run, such as the path of a file.
  public var source: String
  /// All documents of the source. One without an id gets the id `source#n`, n being its place from 0, so that an edited
  /// chunk replaces the one that it was; where ids are UUIDs or numbers (``IDForm``), one that is made of that text.
  public var documents: [Document]
  /// Why the source could not be read; nil where it could.
  public var failure: String?

  /// The documents of a source.
  public init(source: String, documents: [Document]) {
    self.source = source
    self.documents = documents
  }

  /// A source that is there but could not be read: it is counted as failed, and what the store has of it is kept.
  public init(source: String, failure: String) {
    self.source = source
    self.failure = failure
    documents = []
  }
}
