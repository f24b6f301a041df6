// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// Who chose an embedder.
enum EmbedderOrigin {
  /// The user, by a flag, the environment or the file of settings.
  case named
  /// A store, which may be from elsewhere; it has vectors of this space.
  case recorded(EmbeddingSpace)
}
