// SPDX-License-Identifier: Apache-2.0

/// What the one who writes keeps from one write to the next.
struct WriterState {
  /// How many vectors the codes' center was taken from or last compared with.
  var calibratedCount: Int
  /// Whether the parts of the index file that writes build on have been checked.
  var isFileChecked = false
  /// Slots linked since every slot was last known to be reachable.
  var linkedSinceRepair = 0
  let entryLock = Lock<Void>(())

  init(calibratedCount: Int) { self.calibratedCount = calibratedCount }
}
