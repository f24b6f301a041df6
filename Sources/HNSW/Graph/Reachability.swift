// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Which slots a walk on level 0 can come to from the graph's entry.
struct Reachability {
  private let graph: Graph
  private let space: VectorSpace
  private var reached: [Bool]

  /// Follows all links from the entry, twins included. O(slots · m).
  init(graph: Graph, space: VectorSpace, slotCount: Int) {
    self.graph = graph
    self.space = space
    reached = [Bool](repeating: false, count: slotCount)
    if let entry = graph.entry { reach(Int(entry.slot)) }
  }

  /// Slots in the graph that no walk from the entry meets.
  var unreached: [Int] { reached.indices.filter { !reached[$0] && space.hasDistance(slot: $0) } }

  func isReached(_ slot: Int) -> Bool { slot < reached.count && reached[slot] }

  /// Notes that a slot has become reachable, and with it what it leads to.
  mutating func reach(_ slot: Int) {
    guard slot < reached.count, !reached[slot] else { return }
    reached[slot] = true
    var waiting = [slot]
    func meet(_ slot: Int) {
      guard slot < reached.count, !reached[slot] else { return }
      reached[slot] = true
      waiting.append(slot)
    }
    let places = graph.places(level: 0)
    while let slot = waiting.popLast() {
      let list = graph.list(level: 0, slot: slot)
      for place in 0..<places {
        let word = list[place].load(ordering: .acquiring)
        if word == 0 { break }
        meet(Int(word) - 1)
      }
      if let twin = graph.twin(of: slot) { meet(twin) }
    }
  }
}
