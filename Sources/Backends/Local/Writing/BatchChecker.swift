// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// Refuses what the store cannot keep, before anything is written.
struct BatchChecker {
  let space: EmbeddingSpace?

  func check(_ batch: WriteBatch) throws {
    for (row, record) in batch.upserts.enumerated() {
      let context: [VectorStoreError.ContextKey: String] = [.row: String(row), .id: record.id]
      try Self.check(id: record.id, context)
      guard !record.content.utf8.contains(0) else {
        throw VectorStoreError(
          .invalidRow, "the content holds a NUL byte, which PostgreSQL could not keep", context: context)
      }
      guard let space else {
        throw VectorStoreError(.invalidArgument, "the collection has no embedding space yet; record one first")
      }
      guard record.vector.count == space.dimension else {
        throw VectorStoreError(
          .dimensionMismatch, "expected \(space.dimension) dimensions, not \(record.vector.count)", context: context)
      }
      guard record.vector.allSatisfy(\.isFinite) else {
        throw VectorStoreError(.invalidRow, "the vector holds a NaN or an infinity", context: context)
      }
    }
    for (row, change) in batch.metadataChanges.enumerated() {
      try Self.check(id: change.id, [.row: String(row), .id: change.id])
    }
  }

  private static func check(id: String, _ context: [VectorStoreError.ContextKey: String]) throws {
    guard !id.isEmpty, !id.utf8.contains(0) else {
      throw VectorStoreError(.invalidIdentifier, "an id must have at least one byte and no NUL byte", context: context)
    }
  }

  /// The metadata's text.
  static func text(of metadata: JSONObject, id: String) throws -> String {
    let text: String
    do {
      text = try JSONValue.object(metadata).serialized()
    } catch let error as VectorStoreError {
      throw error.adding([.id: id])
    }
    guard !hasNUL(.object(metadata)) else {
      throw VectorStoreError(
        .invalidRow, "the metadata holds a NUL character, which PostgreSQL could not keep", context: [.id: id])
    }
    return text
  }

  private static func hasNUL(_ value: JSONValue) -> Bool {
    switch value {
    case .string(let text): text.utf8.contains(0)
    case .array(let values): values.contains { hasNUL($0) }
    case .object(let object): object.contains { $0.key.utf8.contains(0) || hasNUL($0.value) }
    default: false
    }
  }
}
