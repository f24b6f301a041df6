// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The links of a hierarchical navigable small world graph (Malkov and Yashunin, arXiv 1603.09320).
///
/// Level 0 gives each slot 2m places, the upper levels m; a place holds a slot plus one, and 0 ends the list, so that
/// fresh memory is an empty graph. Readers load places without locks; a writer holds the slot's lock while it changes the
/// list. A reader that meets a change half-way sees slots of the old list or of the new one: all are there to be read.
///
/// Sendable: links, levels and twins are atomics, link distances are touched under the slot's lock only.
final class Graph: @unchecked Sendable {
  let m: Int
  let links: Section
  /// For each slot its level and the first of its records in ``upperLinks``: level · 2²⁷ + record, 0 on level 0.
  let upperIndex: Section
  let upperLinks: Section
  /// For each slot the next one that holds the same vector, plus one.
  let twins: Section
  /// The distance of each link on level 0, in the order of ``DistanceKey``; 0 where it is not known. Never saved.
  let linkDistances: Section
  private let locks: Section

  /// Records of ``upperLinks`` in use.
  let upperCount: Atomic<Int>
  /// Level · 2³² + slot, plus one; 0 for an empty graph.
  private let entryWord: Atomic<UInt64>
  /// Whether any slot has a twin, so that searches look for them.
  let hasTwins: Atomic<Bool>

  static let levelLimit = 31
  private static let upperRecordBits: UInt32 = 27

  init(
    m: Int, wantedRecords: Int, minimumRecords: Int, upperMinimum: Int = 0
  ) throws(VectorIndexError) {
    self.m = m
    links = try Section(stride: 8 * m, wantedRecords: wantedRecords, minimumRecords: minimumRecords)
    upperIndex = try Section(stride: 4, wantedRecords: wantedRecords, minimumRecords: minimumRecords)
    upperLinks = try Section(
      stride: 4 * m, wantedRecords: min(max(wantedRecords / 2, 1024), 1 << Int(Self.upperRecordBits)),
      minimumRecords: max(upperMinimum, 64))
    twins = try Section(stride: 4, wantedRecords: wantedRecords, minimumRecords: minimumRecords)
    linkDistances = try Section(stride: 8 * m, wantedRecords: wantedRecords, minimumRecords: minimumRecords)
    locks = try Section(stride: 1, wantedRecords: wantedRecords, minimumRecords: minimumRecords)
    upperCount = Atomic(0)
    entryWord = Atomic(0)
    hasTwins = Atomic(false)
  }

  var capacity: Int {
    min(links.capacity, upperIndex.capacity, twins.capacity, linkDistances.capacity, locks.capacity)
  }

  // MARK: Entry

  struct Entry: Equatable {
    var slot: UInt32
    var level: Int
  }

  var entry: Entry? {
    get {
      let word = entryWord.load(ordering: .acquiring)
      guard word != 0 else { return nil }
      return Entry(slot: UInt32(truncatingIfNeeded: word &- 1), level: Int((word &- 1) &>> 32))
    }
    set {
      let word: UInt64 = newValue.map { (UInt64($0.level) &<< 32) &+ UInt64($0.slot) &+ 1 } ?? 0
      entryWord.store(word, ordering: .releasing)
    }
  }

  // MARK: Levels

  /// The level of a slot that is in the graph.
  @inline(__always)
  func level(of slot: Int) -> Int { Int(upperWord(slot) &>> Self.upperRecordBits) }

  @inline(__always)
  private func upperWord(_ slot: Int) -> UInt32 {
    atomics(upperIndex)[slot].load(ordering: .acquiring)
  }

  /// Gives a slot its records on levels 1 ... `level`.
  func allocateUpper(slot: Int, level: Int) {
    let record = upperCount.add(level, ordering: .relaxed).oldValue
    guard record + level <= min(upperLinks.capacity, 1 << Int(Self.upperRecordBits)) else {
      // Without room a slot lives on level 0 alone, which costs its searches a few hops.
      upperCount.subtract(level, ordering: .relaxed)
      return
    }
    atomics(upperIndex)[slot].store(
      UInt32(level) &<< Self.upperRecordBits | UInt32(record), ordering: .releasing)
  }

  /// The level and the first record that a word of the upper index names, for checks of a file.
  static func upperRecords(word: UInt32) -> (level: Int, first: Int) {
    (Int(word &>> upperRecordBits), Int(word & (1 &<< upperRecordBits &- 1)))
  }

  // MARK: Links

  @inline(__always)
  private func atomics(_ section: Section) -> UnsafeMutablePointer<Atomic<UInt32>> {
    section.pointer(Atomic<UInt32>.self)
  }

  /// Places for links on a level.
  @inline(__always)
  func places(level: Int) -> Int { level == 0 ? 2 &* m : m }

  /// The places of a slot on one of its levels.
  @inline(__always)
  func list(level: Int, slot: Int) -> UnsafeMutablePointer<Atomic<UInt32>> {
    if level == 0 { return atomics(links) + slot &* (2 &* m) }
    return atomics(upperLinks) + upperRecord(level: level, slot: slot) &* m
  }

  /// The record of ``upperLinks`` that holds a slot's links on an upper level.
  @inline(__always)
  func upperRecord(level: Int, slot: Int) -> Int {
    Int(upperWord(slot) & (1 &<< Self.upperRecordBits &- 1)) &+ level &- 1
  }

  /// Copies a slot's links into `buffer`, which has room for the level's places; returns how many there are.
  func copyLinks(level: Int, slot: Int, into buffer: UnsafeMutablePointer<UInt32>) -> Int {
    let list = list(level: level, slot: slot)
    let places = places(level: level)
    var count = 0
    while count < places {
      let place = list[count].load(ordering: .acquiring)
      if place == 0 { break }
      buffer[count] = place &- 1
      count &+= 1
    }
    return count
  }

  /// Replaces a slot's links; the caller holds the slot's lock, or nobody else knows the slot.
  func setLinks(level: Int, slot: Int, _ keys: UnsafeBufferPointer<DistanceKey>) {
    let list = list(level: level, slot: slot)
    let places = places(level: level)
    for index in 0..<places {
      let place = index < keys.count ? keys[index].slot &+ 1 : 0
      list[index].store(place, ordering: .releasing)
    }
    guard level == 0 else { return }
    let known = linkDistances(of: slot)
    for index in 0..<places { known[index] = index < keys.count ? keys[index].ordered : 0 }
  }

  /// The distances of a slot's links on level 0; under the slot's lock.
  @inline(__always)
  func linkDistances(of slot: Int) -> UnsafeMutablePointer<UInt32> {
    linkDistances.pointer(UInt32.self) + slot &* (2 &* m)
  }

  @inline(__always)
  func prefetchLinks(slot: Int) { prefetch(links[slot], byteCount: min(links.stride, 128)) }

  // MARK: Twins

  /// The next slot in the ring of slots with the same vector, or nil.
  @inline(__always)
  func twin(of slot: Int) -> Int? {
    let word = atomics(twins)[slot].load(ordering: .acquiring)
    return word == 0 ? nil : Int(word &- 1)
  }

  /// Which slots hang behind another. O(slots).
  func hangingSlots(slotCount: Int) -> [Bool] {
    var hangs = [Bool](repeating: false, count: slotCount)
    guard hasTwins.load(ordering: .acquiring) else { return hangs }
    for slot in 0..<slotCount {
      if let twin = twin(of: slot), twin < slotCount { hangs[twin] = true }
    }
    return hangs
  }

  /// Hangs `slot`, which is in no list, behind `first`; the caller holds the lock of `first`.
  func addTwin(_ slot: Int, behind first: Int) {
    let next = atomics(twins)[first].load(ordering: .relaxed)
    atomics(twins)[slot].store(next, ordering: .relaxed)
    atomics(twins)[first].store(UInt32(slot) &+ 1, ordering: .releasing)
    hasTwins.store(true, ordering: .releasing)
  }

  // MARK: Locks

  /// Runs `body` while no other writer changes the slot's links. Short: it spins.
  @inline(__always)
  func withLock<Result>(_ slot: Int, _ body: () -> Result) -> Result {
    let lock = locks.pointer(Atomic<UInt8>.self) + slot
    var spins = 0
    while lock.pointee.exchange(1, ordering: .acquiring) != 0 {
      spins &+= 1
      if spins & 63 == 0 { yieldThread() }
    }
    defer { lock.pointee.store(0, ordering: .releasing) }
    return body()
  }

  /// Asks for huge pages behind the sections that searches read, once they are large.
  func adviseHugePages(slots: Int) {
    links.region.adviseHugePages(used: slots * links.stride)
    linkDistances.region.adviseHugePages(used: slots * linkDistances.stride)
  }
}
