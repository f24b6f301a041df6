// SPDX-License-Identifier: Apache-2.0

import RemoteEmbeddings
import Synchronization

/// The waits that there would have been.
final class Pauses: Sendable {
  private let durations = Mutex<[Duration]>([])

  var all: [Duration] { durations.withLock { $0 } }

  /// No time passes, no chance, and it is always the same moment.
  var waiting: Waiting {
    Waiting(
      pause: { duration in self.durations.withLock { $0.append(duration) } }, chance: { 0 },
      now: { 1_700_000_000 })
  }
}
