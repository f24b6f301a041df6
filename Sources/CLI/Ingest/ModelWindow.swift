// SPDX-License-Identifier: Apache-2.0

import LocalEmbeddings
import VectorStoreCore

/// How much text a model sees at once. What goes beyond is cut off, so that nobody finds it by its meaning: a thousand characters of
/// English are some 250 tokens, of Chinese up to a thousand.
struct ModelWindow {
  private let model: LocalEmbedder
  private let capacity: Int

  /// The window of an embedder's model; nil where it has none that is known here.
  init?(of embedder: (any Embedder)?) {
    var embedder = embedder
    while let cached = embedder as? CachedEmbedder { embedder = cached.base }
    guard let model = embedder as? LocalEmbedder, model.passageCapacity > 0, model.passageCapacity < 1_000_000 else {
      return nil
    }
    self.model = model
    capacity = model.passageCapacity
  }

  /// At most so many characters, and at most the window. Both are one measure, in characters: a full window counts as many as are
  /// allowed.
  func size(_ characters: Int, overlap: Int) throws -> ChunkSize {
    let (model, capacity) = (model, capacity)
    return try .tokens(characters, overlap: overlap) { text in
      let count = text.count
      // Hardly a character is more than eight tokens, so that short texts fit without being cut into tokens.
      guard count > capacity / 8 else { return count }
      let (product, _) = model.countTokens(String(text)).multipliedReportingOverflow(by: characters)
      return max(count, (product + capacity - 1) / capacity)
    }
  }
}
