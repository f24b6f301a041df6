// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The rules of ``HNSWIndex/checkInvariants()``, over one moment.
struct InvariantChecker {
  let moment: Moment

  private var graph: Graph { moment.generation.graph }

  func checkLinks() throws(VectorIndexError) {
    let hangs = graph.hangingSlots(slotCount: moment.slotCount)
    for slot in 0..<moment.slotCount {
      if hangs[slot] {
        guard graph.level(of: slot) == 0, graph.list(level: 0, slot: slot)[0].load(ordering: .acquiring) == 0 else {
          throw violation("slot \(slot) hangs behind an equal vector and has links of its own")
        }
      }
      for level in 0...graph.level(of: slot) { try checkLinks(of: slot, level: level) }
    }
  }

  private func checkLinks(of slot: Int, level: Int) throws(VectorIndexError) {
    let places = graph.places(level: level)
    let list = graph.list(level: level, slot: slot)
    var seen: Set<UInt32> = []
    var ended = false
    for place in 0..<places {
      let word = list[place].load(ordering: .acquiring)
      if word == 0 {
        ended = true
        continue
      }
      let neighbor = Int(word) - 1
      guard !ended else { throw violation("slot \(slot) has a link behind the end of its list on level \(level)") }
      guard neighbor < moment.slotCount else {
        throw violation("slot \(slot) links to slot \(neighbor), which is none")
      }
      guard neighbor != slot else { throw violation("slot \(slot) links to itself on level \(level)") }
      guard seen.insert(word).inserted else {
        throw violation("slot \(slot) links twice to slot \(neighbor) on level \(level)")
      }
      guard graph.level(of: neighbor) >= level else {
        throw violation("slot \(slot) links on level \(level) to slot \(neighbor), which is not on it")
      }
    }
  }

  func checkEntry() throws(VectorIndexError) {
    guard let entry = graph.entry else {
      for slot in 0..<moment.slotCount where moment.generation.space.hasDistance(slot: slot) {
        throw violation("slot \(slot) has a distance and the graph has no entry")
      }
      return
    }
    guard Int(entry.slot) < moment.slotCount, graph.level(of: Int(entry.slot)) == entry.level else {
      throw violation("the entry is slot \(entry.slot) on level \(entry.level), which it does not have")
    }
    for slot in 0..<moment.slotCount where graph.level(of: slot) > entry.level {
      throw violation("slot \(slot) is on a higher level than the entry")
    }
  }

  func checkReachability() throws(VectorIndexError) {
    let unreached = Reachability(graph: graph, space: moment.generation.space, slotCount: moment.slotCount).unreached
    guard let first = unreached.first else { return }
    throw violation("\(unreached.count) slots cannot be reached from the entry, slot \(first) among them")
  }

  func checkLabels() throws(VectorIndexError) {
    var living: Set<UInt64> = []
    for slot in 0..<moment.slotCount where moment.generation.slots.isAlive(slot, at: moment.change) {
      let label = moment.generation.slots.label(slot)
      guard living.insert(label).inserted else { throw violation("label \(label) lives in two slots") }
    }
    guard living.count == moment.liveCount else {
      throw violation("\(living.count) slots live and the count is \(moment.liveCount)")
    }
  }

  private func violation(_ what: String) -> VectorIndexError { VectorIndexError(.invariantViolated, what) }
}
