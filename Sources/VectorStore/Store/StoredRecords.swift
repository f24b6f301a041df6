// SPDX-License-Identifier: Apache-2.0

/// The records of a store that match a filter, in the order of the ids' bytes, read in pages while they are asked for.
public struct StoredRecords: AsyncSequence, Sendable {
  /// What it gives.
  public typealias Element = Record

  let backend: any VectorStoreBackend
  let filter: Filter?
  let includingVectors: Bool
  let pageSize: Int

  /// Reads from the first record on.
  public func makeAsyncIterator() -> Iterator { Iterator(records: self) }

  /// Where a reader is.
  public struct Iterator: AsyncIteratorProtocol {
    let records: StoredRecords
    private var page: [Record] = []
    private var place = 0
    private var cursor: String?
    private var isLastPage = false

    init(records: StoredRecords) { self.records = records }

    /// The next record; nil at the end.
    ///
    /// - Throws: what the backend throws, `CancellationError`.
    public mutating func next() async throws -> Record? {
      while place == page.count {
        guard !isLastPage else { return nil }
        try Task.checkCancellation()
        let next = try await records.backend.scroll(
          filter: records.filter, after: cursor, limit: records.pageSize, includingVectors: records.includingVectors)
        (page, place, cursor) = (next.records, 0, next.cursor)
        isLastPage = next.cursor == nil
      }
      defer { place += 1 }
      return page[place]
    }
  }
}
