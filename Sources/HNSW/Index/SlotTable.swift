// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Who lives in each slot: its label and the change that removed it.
///
/// Slots are given out in order and never again, so a moment of the index is a number of slots and a change number:
/// whatever has a smaller slot was born before, whatever died at a later change was still alive.
///
/// Sendable: a label is written before its slot is published, deaths are atomics.
final class SlotTable: @unchecked Sendable {
  let labels: Section
  let deaths: Section
  /// A bit for each slot that has died at some change, small enough to stay in the cache: most slots have not.
  private let deathMarks: Section

  init(wantedRecords: Int, minimumRecords: Int) throws(VectorIndexError) {
    labels = try Section(stride: 8, wantedRecords: wantedRecords, minimumRecords: minimumRecords)
    deaths = try Section(stride: 8, wantedRecords: labels.capacity, minimumRecords: minimumRecords)
    deathMarks = try Section(
      stride: 8, wantedRecords: labels.capacity / 64 + 1, minimumRecords: minimumRecords / 64 + 1)
  }

  var capacity: Int { min(labels.capacity, deaths.capacity, deathMarks.capacity &* 64) }

  @inline(__always)
  func label(_ slot: Int) -> UInt64 { labels.pointer(UInt64.self)[slot] }

  func setLabel(_ label: UInt64, slot: Int) { labels.pointer(UInt64.self)[slot] = label }

  /// The change that removed the slot; 0 while it lives.
  @inline(__always)
  func death(_ slot: Int) -> UInt64 {
    deaths.pointer(Atomic<UInt64>.self)[slot].load(ordering: .acquiring)
  }

  func kill(_ slot: Int, change: UInt64) {
    deaths.pointer(Atomic<UInt64>.self)[slot].store(change, ordering: .releasing)
    mark(slot)
  }

  /// Sets the mark of a slot whose death stands in the section already.
  func mark(_ slot: Int) {
    deathMarks.pointer(Atomic<UInt64>.self)[slot &>> 6].bitwiseOr(1 &<< UInt64(slot & 63), ordering: .releasing)
  }

  /// Calls `body` with each slot below `limit` that was dead at a change, and the change that removed it.
  func forEachDeath(below limit: Int, at change: UInt64, _ body: (_ slot: Int, _ change: UInt64) -> Void) {
    let marks = deathMarks.pointer(Atomic<UInt64>.self)
    for word in 0..<(limit + 63) / 64 {
      var rest = marks[word].load(ordering: .acquiring)
      while rest != 0 {
        let slot = word * 64 + rest.trailingZeroBitCount
        rest &= rest - 1
        guard slot < limit else { return }
        let death = death(slot)
        if death != 0, death <= change { body(slot, death) }
      }
    }
  }

  /// Whether the slot is alive at a change.
  @inline(__always)
  func isAlive(_ slot: Int, at change: UInt64) -> Bool {
    let word = deathMarks.pointer(Atomic<UInt64>.self)[slot &>> 6].load(ordering: .acquiring)
    if word & (1 &<< UInt64(slot & 63)) == 0 { return true }
    let death = death(slot)
    return death == 0 || death > change
  }
}
