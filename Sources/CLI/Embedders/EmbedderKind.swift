// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// A way to make vectors of texts, chosen by the beginning of `--embedder`.
struct EmbedderKind: Sendable {
  /// What its names begin with, such as `hashing:`.
  let prefixes: [String]
  /// How it is written, for people.
  let usage: String
  /// What it is.
  let summary: String
  /// Makes the embedder of a whole name.
  let make: @Sendable (_ name: String, _ rest: String, _ origin: EmbedderOrigin) async throws -> any Embedder
}
