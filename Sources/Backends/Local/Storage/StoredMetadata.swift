// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// Metadata as the database holds it.
enum StoredMetadata {
  /// Runs `body`, which reads stored metadata. Text that is no JSON means a damaged row, not a mistake of the caller's.
  static func reading<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as VectorStoreError where error.code == .invalidJSON {
      throw VectorStoreError(
        .corrupt, "stored metadata is no JSON (\(error.message)); write the document again, or restore a backup",
        context: error.context)
    }
  }

  /// The metadata of a document.
  static func object(parsing text: [UInt8], id: String) throws -> JSONObject {
    do {
      return try reading { try JSONValue(parsing: text).objectValue ?? [:] }
    } catch let error as VectorStoreError { throw error.adding([.id: id]) }
  }
}
