// SPDX-License-Identifier: Apache-2.0

extension VectorStore {
  /// The documents that match as lines of JSON, in the order of the ids' bytes; ``importLines(_:batchSize:progress:)-(Lines,_,_)`` of
  /// this or another backend reads them.
  ///
  /// A line is `{"id": …, "content": …, "metadata": {…}, "embedding": […]}` without a line end. Each number of a vector is
  /// the shortest decimal that reads back as the same Float.
  ///
  /// - Parameters:
  ///   - filter: what to export; nil is everything.
  ///   - includingVectors: whether lines have `embedding`; those without are embedded where they are imported.
  public func export(
    filter: Filter? = nil, includingVectors: Bool = true, pageSize: Int = 256
  ) -> AsyncThrowingMapSequence<StoredRecords, String> {
    records(filter: filter, includingVectors: includingVectors, pageSize: pageSize).map { try RecordLine.text(of: $0) }
  }
}
