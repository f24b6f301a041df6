// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The places of a list, given to whoever asks next.
final class Turns: Sendable {
  private let count: Int
  private let taken = Atomic(0)

  init(_ count: Int) { self.count = count }

  /// Nil when all are given.
  func next() -> Int? {
    let place = taken.add(1, ordering: .relaxed).oldValue
    return place < count ? place : nil
  }
}
