// SPDX-License-Identifier: Apache-2.0

/// Cuts texts into chunks that fit an embedding model.
public protocol TextSplitter: Sendable {
  /// The chunks of a text, in its order.
  func split(_ text: String) -> [TextChunk]
}

extension TextSplitter {
  /// The chunks of documents as documents. See ``TextChunk/document(of:number:)``.
  public func split(_ documents: [Document]) -> [Document] {
    documents.flatMap { document in
      split(document.content).enumerated().map { $1.document(of: document, number: $0) }
    }
  }
}
