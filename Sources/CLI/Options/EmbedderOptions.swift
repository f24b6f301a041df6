// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// What makes vectors of texts.
struct EmbedderOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What makes vectors: local:DIR, openai:MODEL, http://…#MODEL, …, hashing:DIM (lexical). A store remembers its own. (environment: VECTORSTORE_EMBEDDER)",
      valueName: "e"))
  var embedder: String?

  @Option(help: ArgumentHelp("A file that keeps vectors of texts for re-use.", valueName: "file"))
  var embeddingCache: String?

  init() {}

  /// What these flags set.
  var settings: [Setting: String] {
    var values: [Setting: String] = [:]
    values[.embedder] = embedder
    values[.embeddingCache] = embeddingCache
    return values
  }
}
