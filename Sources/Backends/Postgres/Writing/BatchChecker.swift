// SPDX-License-Identifier: Apache-2.0

import HNSW
import VectorStoreCore

/// Refuses what the table cannot keep, before anything is sent.
struct BatchChecker {
  let space: EmbeddingSpace?
  let columnDimension: Int?

  func check(_ batch: WriteBatch) throws {
    for (row, change) in batch.metadataChanges.enumerated() {
      try Self.check(change.metadata, [.row: String(row)])
    }
    for entry in batch.ledger
    where [entry.source, entry.id, entry.hash, entry.textHash].contains(where: { $0.utf8.contains(0) }) {
      throw VectorStoreError(.invalidRow, "an entry of the ledger holds a NUL byte, which PostgreSQL cannot keep")
    }
    guard let dimension = space?.dimension ?? columnDimension else {
      guard batch.upserts.isEmpty else {
        throw VectorStoreError(.invalidArgument, "the collection has no embedding space yet; record one first")
      }
      return
    }
    for (row, record) in batch.upserts.enumerated() {
      let context: [VectorStoreError.ContextKey: String] = [
        .row: String(row), .id: record.id.utf8.contains(0) ? "" : record.id,
      ]
      guard !record.id.isEmpty, !record.id.utf8.contains(0) else {
        throw VectorStoreError(
          .invalidIdentifier, "an id must have at least one byte and no NUL byte", context: context)
      }
      // A B-tree takes keys of a third of a page.
      guard record.id.utf8.count <= 2_600 else {
        throw VectorStoreError(
          .invalidIdentifier,
          "an id on PostgreSQL must not be longer than 2,600 bytes; this one has \(record.id.utf8.count)",
          context: [.row: String(row)])
      }
      guard !record.content.utf8.contains(0) else {
        throw VectorStoreError(
          .invalidRow, "the content holds a NUL byte, which PostgreSQL cannot keep", context: context)
      }
      try Self.check(record.metadata, context)
      guard record.vector.count == dimension else {
        throw VectorStoreError(
          .dimensionMismatch, "expected \(dimension) dimensions, not \(record.vector.count)", context: context)
      }
      guard record.vector.allSatisfy(\.isFinite) else {
        throw VectorStoreError(.invalidRow, "the vector holds a NaN or an infinity", context: context)
      }
    }
  }

  private static func check(_ metadata: JSONObject, _ context: [VectorStoreError.ContextKey: String]) throws {
    guard !hasNUL(.object(metadata)) else {
      throw VectorStoreError(
        .invalidRow, "the metadata holds a NUL character, which PostgreSQL cannot keep", context: context)
    }
    guard !hasNumberOutOfRange(.object(metadata)) else {
      throw VectorStoreError(
        .invalidRow,
        "the metadata holds a number of more than 131,072 digits before the point or 16,383 after it, which PostgreSQL cannot keep",
        context: context)
    }
  }

  private static func hasNumberOutOfRange(_ value: JSONValue) -> Bool {
    switch value {
    case .number(let number): !PGNumericRange.contains(number)
    case .array(let values): values.contains { hasNumberOutOfRange($0) }
    case .object(let object): object.contains { hasNumberOutOfRange($0.value) }
    default: false
    }
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
