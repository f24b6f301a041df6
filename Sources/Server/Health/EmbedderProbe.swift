// SPDX-License-Identifier: Apache-2.0

import Synchronization
import VectorStoreCore

/// Whether the embedder answers. A good answer holds for half a minute, so that probes cost a provider little.
final class EmbedderProbe: Sendable {
  private static let goodFor = Duration.seconds(30)
  private let lastAnswer = Mutex<ContinuousClock.Instant?>(nil)

  /// - Throws: what the embedder throws.
  func check(_ embedder: any Embedder) async throws {
    if let last = lastAnswer.withLock({ $0 }), ContinuousClock.now - last < Self.goodFor { return }
    _ = try await embedder.embed(query: "ready")
    lastAnswer.withLock { $0 = ContinuousClock.now }
  }
}
