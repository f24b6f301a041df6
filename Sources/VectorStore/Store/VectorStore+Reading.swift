// SPDX-License-Identifier: Apache-2.0

extension VectorStore {
  /// The documents of ids, in the order of the ids; those that are not there are left out.
  public func get(ids: [String]) async throws -> [Document] {
    try await records(ids: ids, includingVectors: false).map { $0.document }
  }

  /// The document of an id; nil where there is none.
  public func get(id: String) async throws -> Document? { try await get(ids: [id]).first }

  /// The records of ids with their vectors, in the order of the ids; those that are not there are left out.
  public func records(ids: [String], includingVectors: Bool = true) async throws -> [Record] {
    guard !ids.isEmpty else { return [] }
    return try await backend.get(ids: ids, includingVectors: includingVectors)
  }

  /// Documents that match, in the order of the ids' bytes, a page at a time.
  ///
  /// - Parameters:
  ///   - filter: what to look for; nil is everything.
  ///   - limit: how many at most.
  ///   - cursor: the cursor of the page before; nil for the first. It stays good when documents are deleted.
  /// - Throws: ``VectorStoreError/Code/invalidArgument`` for a limit below 1.
  public func get(filter: Filter? = nil, limit: Int = 100, cursor: String? = nil) async throws -> DocumentPage {
    guard limit > 0 else { throw VectorStoreError(.invalidArgument, "limit must be at least 1, but is \(limit)") }
    let page = try await backend.scroll(filter: filter, after: cursor, limit: limit, includingVectors: false)
    return DocumentPage(documents: page.records.map { $0.document }, cursor: page.cursor)
  }

  /// All documents that match, in the order of the ids' bytes. See ``records(filter:includingVectors:pageSize:)``.
  public func documents(
    filter: Filter? = nil, pageSize: Int = 256
  ) -> AsyncMapSequence<StoredRecords, Document> {
    records(filter: filter, includingVectors: false, pageSize: pageSize).map { $0.document }
  }

  /// All records that match, in the order of the ids' bytes, read in pages while they are asked for.
  ///
  /// Each page is of one moment, the whole is not: what is written meanwhile is seen where its id is yet to come.
  ///
  /// - Parameter pageSize: how many are read at a time, at least 1.
  public func records(
    filter: Filter? = nil, includingVectors: Bool = true, pageSize: Int = 256
  ) -> StoredRecords {
    StoredRecords(
      backend: backend, filter: filter, includingVectors: includingVectors, pageSize: max(1, pageSize))
  }

  /// How many documents match; all if nil.
  public func count(filter: Filter? = nil) async throws -> Int { try await backend.count(filter: filter) }
}
