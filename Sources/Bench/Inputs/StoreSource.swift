// SPDX-License-Identifier: Apache-2.0

import LocalBackend
import VectorStoreCore

/// The vectors of an embedded store.
struct StoreSource: Sendable {
  let url: StoreURL
  let collection: String

  /// Its rows, in the order of their ids.
  func read() async throws -> SourceRows {
    let backend = try await LocalBackend.open(url, options: OpenOptions(table: collection, access: .readOnly))
    do {
      let rows = try await read(backend)
      try await backend.close()
      return rows
    } catch {
      try? await backend.close()
      throw error
    }
  }

  private func read(_ backend: LocalBackend) async throws -> SourceRows {
    var vectors = VectorCollector(name: "the collection '\(collection)'")
    var ids: [String] = []
    var cursor: String?
    repeat {
      let page = try await backend.scroll(filter: nil, after: cursor, limit: 5_000, includingVectors: true)
      for record in page.records {
        try vectors.append(record.vector, row: "the document '\(record.id)'")
        ids.append(record.id)
      }
      cursor = page.cursor
      Console.progress("reading: \(ids.count)")
    } while cursor != nil
    Console.endProgress()
    return SourceRows(vectors: try vectors.matrix(), ids: ids)
  }
}
