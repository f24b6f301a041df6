// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Puts slots into the graph. Several threads may insert at once.
///
/// Insertion is HNSW's algorithm 1, on walking distances (codes where there are codes). Each link on level 0 remembers
/// its distance, so that pruning a full list computes the distances between neighbours only; a pruned list keeps room,
/// so that the next links are appended without another pruning.
struct GraphBuilder {
  let graph: Graph
  let space: VectorSpace
  let seed: UInt64
  let efConstruction: Int
  /// Slots below it may be linked to.
  let limit: Int
  let entryLock: Lock<Void>

  /// The slack of neighbour selection, on walking distances.
  private var slack: Float {
    switch space.metric {
    case .innerProduct: 1
    default: Self.slack
    }
  }

  private static let slack: Float = 1.03

  /// The level of a slot: geometric with ratio 1/m, from the seed and the slot alone, so that it does not depend on the
  /// order in which threads come.
  static func level(slot: Int, seed: UInt64, m: Int) -> Int {
    var z = seed &+ UInt64(slot &+ 1) &* 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
    z ^= z &>> 31
    var level = 0
    // One draw in m goes a level up; the draw's quotient is the next draw.
    var range = UInt64.max
    while level < Graph.levelLimit - 1, range >= UInt64(m) {
      range /= UInt64(m)
      guard z < range else { break }
      level += 1
    }
    return level
  }

  /// Links a stored slot. Slots without a distance stay outside the graph.
  func insert(_ slot: Int, context: SearchContext, scratch: BuildScratch) throws(VectorIndexError) {
    guard space.hasDistance(slot: slot) else { return }
    let level = Self.level(slot: slot, seed: seed, m: graph.m)
    guard let entry = claimEntry(slot: slot, level: level) else { return }

    space.prepare(slot: slot, precisely: true, into: context.query)
    let walker = Walker(graph: graph, space: space, integrity: nil, limit: limit, context: context)
    guard let start = try walker.descend(to: level) else { return }

    var current = min(level, entry.level)
    var hasUpper = false
    scratch.found.removeAll()
    scratch.found.append(start)
    while current >= 0 {
      try walker.beam(level: current, from: scratch.found.elements, ef: efConstruction)
      scratch.found.removeAll()
      for index in 0..<context.pool.count { scratch.found.append(context.pool.keys[index].unexpanded) }
      let twin = hasUpper ? nil : twin(of: slot, among: scratch.found.elements)
      if let twin, current == 0 {
        graph.withLock(twin) { graph.addTwin(slot, behind: twin) }
        return
      }
      if level > 0, !hasUpper, twin == nil {
        graph.allocateUpper(slot: slot, level: level)
        hasUpper = graph.level(of: slot) > 0
      }
      if current == 0 || hasUpper { link(slot, level: current, scratch: scratch) }
      current -= 1
    }
    if hasUpper, level > entry.level {
      entryLock.withLock { _ in
        if level > (graph.entry?.level ?? -1) { graph.entry = Graph.Entry(slot: UInt32(slot), level: level) }
      }
    }
  }

  /// The graph's entry; nil where the slot has just become the first.
  private func claimEntry(slot: Int, level: Int) -> Graph.Entry? {
    if let entry = graph.entry { return entry }
    return entryLock.withLock { _ in
      if let entry = graph.entry { return entry }
      if level > 0 { graph.allocateUpper(slot: slot, level: level) }
      graph.entry = Graph.Entry(slot: UInt32(slot), level: graph.level(of: slot))
      return nil
    }
  }

  /// A slot of the graph with the same vector. Equal vectors would fill each other's lists and lead nowhere; a twin
  /// hangs behind the one that is linked.
  private func twin(of slot: Int, among candidates: UnsafeBufferPointer<DistanceKey>) -> Int? {
    guard let nearest = candidates.first?.distance else { return nil }
    for candidate in candidates.prefix(4) {
      guard candidate.distance <= nearest else { return nil }
      if space.equal(slot, Int(candidate.slot)) { return Int(candidate.slot) }
    }
    return nil
  }

  private func link(_ slot: Int, level: Int, scratch: BuildScratch) {
    scratch.selection.candidates.removeAll()
    for candidate in scratch.found.elements where candidate.slot != UInt32(slot) {
      scratch.selection.candidates.append(candidate)
    }
    scratch.selection.pick(
      limit: graph.places(level: level), slack: slack, space: space, query: scratch.query)
    scratch.picked.removeAll()
    for key in scratch.selection.picked.elements { scratch.picked.append(key) }
    let diverse = scratch.selection.diverseCount

    graph.withLock(slot) {
      // Another thread may have linked to this slot on this level already; its link is kept if there is room.
      let places = graph.places(level: level)
      let known = graph.copyLinks(level: level, slot: slot, into: scratch.slots)
      for index in 0..<known where scratch.picked.count < places {
        let other = scratch.slots[index]
        guard !scratch.picked.elements.contains(where: { $0.slot == other }) else { continue }
        let ordered = level == 0 ? graph.linkDistances(of: slot)[index] : 0
        scratch.picked.append(DistanceKey(ordered: ordered, slot: other))
      }
      graph.setLinks(level: level, slot: slot, scratch.picked.elements)
    }
    // A way back from those that lead in different directions. Of the rest it would cost half a build, since full lists
    // are pruned for it; links that were there before have theirs.
    for key in scratch.picked.elements.prefix(diverse) {
      graph.withLock(Int(key.slot)) {
        addLink(from: Int(key.slot), to: DistanceKey(ordered: key.ordered, slot: UInt32(slot)), level: level, scratch)
      }
    }
  }

  /// Adds a link, pruning the list where it is full. Under the lock of `base`.
  private func addLink(from base: Int, to key: DistanceKey, level: Int, _ scratch: BuildScratch) {
    let places = graph.places(level: level)
    let list = graph.list(level: level, slot: base)
    var count = 0
    while count < places {
      let word = list[count].load(ordering: .relaxed)
      if word == 0 { break }
      if word == key.slot &+ 1 { return }
      count += 1
    }
    if count < places {
      if level == 0 { graph.linkDistances(of: base)[count] = key.ordered }
      list[count].store(key.slot &+ 1, ordering: .releasing)
      return
    }
    collectLinks(of: base, level: level, scratch)
    scratch.selection.candidates.append(key)
    scratch.selection.candidates.sort()
    scratch.selection.pick(limit: places, slack: slack, space: space, query: scratch.query)
    graph.setLinks(level: level, slot: base, scratch.selection.picked.elements)
  }

  /// Puts the links of a slot and their distances into the selection.
  private func collectLinks(of base: Int, level: Int, _ scratch: BuildScratch) {
    scratch.selection.candidates.removeAll()
    let count = graph.copyLinks(level: level, slot: base, into: scratch.slots)
    if level == 0 {
      let distances = graph.linkDistances(of: base)
      if (0..<count).allSatisfy({ distances[$0] != 0 }) {
        for index in 0..<count {
          scratch.selection.candidates.append(DistanceKey(ordered: distances[index], slot: scratch.slots[index]))
        }
        return
      }
    }
    space.prepare(slot: base, precisely: false, into: scratch.query)
    space.walk(scratch.query, scratch.slots, count, scratch.distances)
    for index in 0..<count {
      scratch.selection.candidates.append(DistanceKey(scratch.distances[index], slot: scratch.slots[index]))
    }
  }
}
