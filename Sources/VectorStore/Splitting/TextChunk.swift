// SPDX-License-Identifier: Apache-2.0

/// A piece of a text that knows where it comes from.
public struct TextChunk: Sendable, Hashable {
  /// The text: exactly the bytes of the source at ``utf8Range``.
  public let text: String
  /// Where it is in the source, in bytes of UTF-8.
  public let utf8Range: Range<Int>
  /// Where it begins in the source, in Unicode scalars: what Python counts, and LangChain calls `start_index`.
  public let scalarOffset: Int
  /// The titles of the Markdown headings that it lies under, from the outermost in; empty for other texts.
  public let headingPath: [String]
}

extension TextChunk {
  /// The chunk as a document without an id, with the source document's metadata and these members, which take the place
  /// of ones with the same key:
  ///
  /// - `source`: kept where the source document has it, else its id, if it has one
  /// - `chunk`: which chunk of the source it is, from 0
  /// - `start_index`: ``scalarOffset``
  /// - `heading_path`: ``headingPath``, where there is one
  public func document(of source: Document, number: Int) -> Document {
    var metadata = source.metadata
    if metadata["source"] == nil, let id = source.id { metadata["source"] = .string(id) }
    metadata["chunk"] = .integer(Int64(number))
    metadata["start_index"] = .integer(Int64(scalarOffset))
    if !headingPath.isEmpty { metadata["heading_path"] = .array(headingPath.map { .string($0) }) }
    return Document(content: text, metadata: metadata)
  }
}
