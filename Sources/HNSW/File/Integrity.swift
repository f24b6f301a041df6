// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The blocks of an opened file and which of them have been checked.
///
/// A block is a run of whole records. It is checked when a search first touches one of them: its checksum, then what
/// its records say (slots that exist, numbers that are finite), so that the search itself trusts what it reads.
///
/// Sendable: the file's layout is fixed, the states are atomics.
final class Integrity: @unchecked Sendable {
  struct Tracked {
    let kind: SectionKind
    let base: UnsafeRawPointer
    let stride: Int
    let records: Int
    /// Records in a block, as a power of two.
    let blockShift: Int
    /// Bytes of the section in the file, padding included: the last block's checksum covers the padding too.
    let byteCount: Int
    let checksums: [UInt64]
  }

  private struct Slot {
    let tracked: Tracked
    let states: UnsafeMutablePointer<Atomic<UInt8>>
  }

  // The states of a block.
  private static let unseen: UInt8 = 0
  private static let sound: UInt8 = 1
  private static let beingChecked: UInt8 = 2

  /// By the raw value of the kind.
  private let slots: [Slot?]
  /// What a step of a walk reads of each slot it computes a distance to, and what ranking reads.
  private let walked: [Slot]
  private let ranked: [Slot]
  /// Blocks that have not been checked: all, and those that only ranking reads.
  private let unchecked: Atomic<Int>
  private let uncheckedForRanking: Atomic<Int>
  /// The kinds that only ranking reads.
  private let rankingKinds: Set<SectionKind>
  /// Looks into a block's records; returns what is wrong with them.
  private let inspect: @Sendable (SectionKind, Range<Int>) -> String?

  init(_ sections: [Tracked], space: VectorSpace, inspect: @escaping @Sendable (SectionKind, Range<Int>) -> String?) {
    var slots = [Slot?](repeating: nil, count: Int(SectionKind.allCases.map(\.rawValue).max() ?? 0) + 1)
    var total = 0
    for tracked in sections {
      let blocks = tracked.checksums.count
      let states = UnsafeMutablePointer<Atomic<UInt8>>.allocate(capacity: max(blocks, 1))
      for block in 0..<blocks { (states + block).initialize(to: Atomic(Self.unseen)) }
      slots[Int(tracked.kind.rawValue)] = Slot(tracked: tracked, states: states)
      total += blocks
    }
    self.slots = slots
    unchecked = Atomic(total)
    walked = space.walkKinds.compactMap { [slots] in slots[Int($0.rawValue)] }
    ranked = space.exactKinds.compactMap { [slots] in slots[Int($0.rawValue)] }
    rankingKinds = Set(space.exactKinds).subtracting(space.walkKinds)
    uncheckedForRanking = Atomic(
      sections.reduce(0) { [rankingKinds] in $0 + (rankingKinds.contains($1.kind) ? $1.checksums.count : 0) })
    self.inspect = inspect
  }

  deinit { for slot in slots { slot?.states.deallocate() } }

  /// Whether every block has been checked, so that nobody needs to ask.
  var isComplete: Bool { unchecked.load(ordering: .acquiring) == 0 }

  /// Whether every block that a walk reads has been checked.
  var isCompleteForWalking: Bool {
    unchecked.load(ordering: .acquiring) == uncheckedForRanking.load(ordering: .acquiring)
  }

  /// Makes sure that the slot's walking data may be read.
  @inline(__always)
  func touchWalk(_ record: Int) throws(VectorIndexError) {
    for slot in walked { try touch(slot, record) }
  }

  /// Makes sure that the slot's full row may be read.
  @inline(__always)
  func touchExact(_ record: Int) throws(VectorIndexError) {
    for slot in ranked { try touch(slot, record) }
  }

  /// Makes sure that a record may be read. Records behind the file's, written since, always may.
  @inline(__always)
  func touch(_ kind: SectionKind, _ record: Int) throws(VectorIndexError) {
    guard let slot = slots[Int(kind.rawValue)] else { return }
    try touch(slot, record)
  }

  @inline(__always)
  private func touch(_ slot: Slot, _ record: Int) throws(VectorIndexError) {
    let block = record &>> slot.tracked.blockShift
    guard record < slot.tracked.records, slot.states[block].load(ordering: .acquiring) != Self.sound else { return }
    try check(slot, block)
  }

  /// Checks every block of the given kinds.
  ///
  /// - Parameter isWanted: asked for each block; once it is false the call ends with ``VectorIndexError/cancelled``.
  func checkAll(
    _ kinds: some Sequence<SectionKind>, isWanted: () -> Bool = { true }
  ) throws(VectorIndexError) {
    for kind in kinds {
      guard let slot = slots[Int(kind.rawValue)] else { continue }
      for block in 0..<slot.tracked.checksums.count where slot.states[block].load(ordering: .acquiring) != Self.sound {
        guard isWanted() else { throw .cancelled }
        try check(slot, block)
      }
    }
  }

  /// Checks the blocks that a writer is about to share with the file: the last of each section that grows.
  func checkLast(_ kinds: some Sequence<SectionKind>) throws(VectorIndexError) {
    for kind in kinds {
      guard let slot = slots[Int(kind.rawValue)], slot.tracked.records > 0 else { continue }
      try touch(kind, slot.tracked.records - 1)
    }
  }

  /// One thread checks a block while others wait for it: when a writer has seen that a block is checked and changes it,
  /// nobody is still comparing it with the file's checksum.
  private func check(_ slot: Slot, _ block: Int) throws(VectorIndexError) {
    while true {
      let (won, state) = slot.states[block].compareExchange(
        expected: Self.unseen, desired: Self.beingChecked, ordering: .acquiringAndReleasing)
      if won { break }
      if state == Self.sound { return }
      yieldThread()
    }
    do throws(VectorIndexError) {
      try compare(slot.tracked, block)
    } catch {
      slot.states[block].store(Self.unseen, ordering: .releasing)
      throw error
    }
    // In this order the difference of the two is never below the number of blocks that walks read.
    if rankingKinds.contains(slot.tracked.kind) { uncheckedForRanking.subtract(1, ordering: .acquiringAndReleasing) }
    unchecked.subtract(1, ordering: .acquiringAndReleasing)
    slot.states[block].store(Self.sound, ordering: .releasing)
  }

  private func compare(_ tracked: Tracked, _ block: Int) throws(VectorIndexError) {
    let first = block &<< tracked.blockShift
    let end = min(first &+ (1 &<< tracked.blockShift), tracked.records)
    let offset = first &* tracked.stride
    let isLast = block == tracked.checksums.count - 1
    let bytes = (isLast ? tracked.byteCount : end &* tracked.stride) - offset
    guard XXH64.hash(tracked.base + offset, count: bytes) == tracked.checksums[block] else {
      throw VectorIndexError(
        .corruptFile,
        "the index file is damaged: block \(block) of its \(tracked.kind.name) does not have its checksum; "
          + "rebuild the index from its rows")
    }
    if let defect = inspect(tracked.kind, first..<end) {
      throw VectorIndexError(.corruptFile, "the index file is damaged: \(defect); rebuild the index from its rows")
    }
  }
}
