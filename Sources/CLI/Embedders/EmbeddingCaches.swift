// SPDX-License-Identifier: Apache-2.0

import LocalBackend
import VectorStoreCore

/// The files that keep vectors of texts.
enum EmbeddingCaches {
  /// The cache in a file, which is made where it is not there.
  static func open(path: String) async throws -> any EmbeddingCache { try await SQLiteEmbeddingCache(path: path) }
}
