// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The recorded space once it has been read and compared with the embedder's: it never changes after that, so that a
/// search need not ask for it again.
final class SpaceMemory: Sendable {
  private let known = Mutex<EmbeddingSpace?>(nil)

  var space: EmbeddingSpace? { known.withLock { $0 } }

  func remember(_ space: EmbeddingSpace) { known.withLock { $0 = space } }
}
