// SPDX-License-Identifier: Apache-2.0

/// Answers texts with documents: a store with the rest of the search decided, for programs that ask only.
public struct Retriever: Sendable {
  /// Where it searches.
  public let store: VectorStore
  /// The search; its query is replaced.
  public let template: SearchRequest

  /// The documents for a text, best first.
  ///
  /// - Throws: what ``VectorStore/search(_:)`` throws.
  public func retrieve(_ query: String) async throws -> [Document] {
    try await hits(query).map { $0.document }
  }

  /// The hits for a text, best first.
  ///
  /// - Throws: what ``VectorStore/search(_:)`` throws.
  public func hits(_ query: String) async throws -> [SearchHit] {
    var request = template
    request.query = .text(query)
    return try await store.search(request).hits
  }
}

extension VectorStore {
  /// A retriever that searches like the template, whose query is not used.
  public func retriever(_ template: SearchRequest) -> Retriever { Retriever(store: self, template: template) }

  /// A retriever of the k nearest documents that match.
  public func retriever(k: Int = 5, filter: Filter? = nil) -> Retriever {
    retriever(SearchRequest(.text(""), k: k, filter: filter))
  }
}
