// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// The files that keep vectors of texts.
enum EmbeddingCaches {
  /// The cache in a file.
  static func open(_ setting: ResolvedSetting) async throws -> any EmbeddingCache {
    throw CommandError.usage(
      "caches of embeddings are not in this build yet; leave out \(setting.setting.name) (from \(setting.origin))")
  }
}
