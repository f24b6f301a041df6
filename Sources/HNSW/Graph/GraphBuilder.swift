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

  /// Links that an insertion picks on level 0.
  private var newLinks: Int { graph.places(level: 0) }

  /// The slack of neighbour selection, on walking distances.
  private var slack: Float {
    switch space.metric {
    case .innerProduct: 1
    default: Self.slack
    }
  }

  private static let slack: Float = 1

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
  func insert(_ slot: Int, context: SearchContext) throws(VectorIndexError) {
    guard space.hasDistance(slot: slot) else { return }
    let level = Self.level(slot: slot, seed: seed, m: graph.m)
    guard let entry = claimEntry(slot: slot, level: level) else { return }

    space.prepare(slot: slot, precisely: true, into: context.query)
    let walker = Walker(graph: graph, space: space, integrity: nil, limit: limit, context: context)
    guard var start = try walker.descend(to: level).map({ [$0] }) else { return }

    var current = min(level, entry.level)
    var hasUpper = false
    while current >= 0 {
      try walker.beam(level: current, from: start, ef: efConstruction)
      start = Array(UnsafeBufferPointer(start: context.pool.keys, count: context.pool.count))
      if current == 0, let twin = twin(of: slot, among: start) {
        if !hasUpper {
          graph.withLock(twin) { graph.addTwin(slot, behind: twin) }
          return
        }
      }
      if !hasUpper, level > 0 {
        if twin(of: slot, among: start) == nil {
          graph.allocateUpper(slot: slot, level: level)
          hasUpper = graph.level(of: slot) > 0
        }
      }
      if current == 0 || hasUpper { link(slot, level: current, candidates: start, context: context) }
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
  private func twin(of slot: Int, among candidates: [DistanceKey]) -> Int? {
    guard let nearest = candidates.first?.distance else { return nil }
    for candidate in candidates.prefix(4) {
      guard candidate.distance <= nearest else { return nil }
      if space.equal(slot, Int(candidate.slot)) { return Int(candidate.slot) }
    }
    return nil
  }

  private func link(_ slot: Int, level: Int, candidates: [DistanceKey], context: SearchContext) {
    let selection = context.selection
    selection.removeAllCandidates()
    for candidate in candidates where candidate.slot != UInt32(slot) { selection.add(candidate) }
    selection.pick(
      limit: level == 0 ? newLinks : graph.m, slack: slack, space: space, query: context.pairQuery)
    let picked = selection.picked
    graph.withLock(slot) {
      // Another thread may have linked to this slot on this level already; its link is kept if there is room.
      var keys = picked
      let known = graph.copyLinks(level: level, slot: slot, into: context.slots)
      for index in 0..<known where keys.count < graph.places(level: level) {
        let other = context.slots[index]
        guard !keys.contains(where: { $0.slot == other }) else { continue }
        let ordered = level == 0 ? graph.linkDistances(of: slot)[index] : 0
        keys.append(DistanceKey(ordered: ordered, slot: other))
      }
      keys.withUnsafeBufferPointer { graph.setLinks(level: level, slot: slot, $0) }
    }
    for key in picked {
      graph.withLock(Int(key.slot)) {
        addLink(from: Int(key.slot), to: DistanceKey(ordered: key.ordered, slot: UInt32(slot)), level: level, context)
      }
    }
  }

  /// Adds a link, pruning the list where it is full. Under the lock of `base`.
  private func addLink(from base: Int, to key: DistanceKey, level: Int, _ context: SearchContext) {
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
    let selection = context.selection
    collectLinks(of: base, level: level, into: selection, context)
    selection.add(key)
    selection.sortCandidates()
    selection.pick(limit: places - 1, slack: slack, space: space, query: context.pairQuery)
    selection.picked.withUnsafeBufferPointer { graph.setLinks(level: level, slot: base, $0) }
  }

  /// Puts the links of a slot and their distances into the selection.
  private func collectLinks(of base: Int, level: Int, into selection: NeighborSelection, _ context: SearchContext) {
    selection.removeAllCandidates()
    let count = graph.copyLinks(level: level, slot: base, into: context.slots)
    var known = level == 0
    if level == 0 {
      let distances = graph.linkDistances(of: base)
      for index in 0..<count where distances[index] == 0 { known = false }
      if known {
        for index in 0..<count {
          selection.add(DistanceKey(ordered: distances[index], slot: context.slots[index]))
        }
      }
    }
    guard !known else { return }
    space.prepare(slot: base, precisely: false, into: context.pairQuery)
    space.walk(context.pairQuery, context.slots, count, context.distances)
    for index in 0..<count { selection.add(DistanceKey(context.distances[index], slot: context.slots[index])) }
  }
}
