// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// An order of the slots in which neighbours are near each other: breadth first over level 0 from the entry.
///
/// In memory laid out this way, the rows and links that a walk reads share pages and come in the order in which the
/// processor fetches ahead (Lucene's reordering of its graphs, apache/lucene#14097, has the same aim).
struct NeighborhoodOrder {
  /// Every slot once; those that no walk meets at the end.
  private(set) var slots: [Int] = []

  init(graph: Graph, slotCount: Int) {
    slots.reserveCapacity(slotCount)
    var met = [Bool](repeating: false, count: slotCount)
    func meet(_ slot: Int) {
      guard slot < slotCount, !met[slot] else { return }
      met[slot] = true
      slots.append(slot)
    }
    if let entry = graph.entry { meet(Int(entry.slot)) }
    var next = 0
    while next < slots.count {
      let slot = slots[next]
      next += 1
      if let twin = graph.twin(of: slot) { meet(twin) }
      let list = graph.list(level: 0, slot: slot)
      for place in 0..<graph.places(level: 0) {
        let word = list[place].load(ordering: .acquiring)
        if word == 0 { break }
        meet(Int(word) - 1)
      }
    }
    for slot in 0..<slotCount { meet(slot) }
  }
}
