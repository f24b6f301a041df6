// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Which slots a walk on level 0 can come to from the graph's entry.
struct Reachability {
  /// Slots in the graph that no walk from the entry meets.
  private(set) var unreached: [Int] = []

  /// Follows all links from the entry, twins included. O(slots · m).
  init(graph: Graph, space: VectorSpace, slotCount: Int) {
    var reached = [Bool](repeating: false, count: slotCount)
    var waiting: [Int] = []
    func reach(_ slot: Int) {
      guard slot < slotCount, !reached[slot] else { return }
      reached[slot] = true
      waiting.append(slot)
    }
    if let entry = graph.entry { reach(Int(entry.slot)) }
    let places = graph.places(level: 0)
    while let slot = waiting.popLast() {
      let list = graph.list(level: 0, slot: slot)
      for place in 0..<places {
        let word = list[place].load(ordering: .acquiring)
        if word == 0 { break }
        reach(Int(word) - 1)
      }
      if let twin = graph.twin(of: slot) { reach(twin) }
    }
    for slot in 0..<slotCount where !reached[slot] && space.hasDistance(slot: slot) { unreached.append(slot) }
  }
}
