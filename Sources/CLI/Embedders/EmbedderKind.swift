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
  let make: @Sendable (_ name: String, _ rest: String) async throws -> any Embedder

  /// One that this build does not have; it is known, so that the message can say so.
  static func missing(_ prefixes: [String], _ usage: String, _ summary: String) -> EmbedderKind {
    EmbedderKind(prefixes: prefixes, usage: usage, summary: "\(summary); not in this build yet") { name, _ in
      throw CommandError.usage(
        "the embedder '\(Secrets.withoutUser(name))' is not in this build yet; there are\n\(EmbedderRegistry.choices)")
    }
  }
}
