// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Walks a graph towards a prepared query.
///
/// `limit` bounds the slots that exist for this walk: those of the searcher's moment, or those a builder has written.
/// Slots at or above it are passed over.
struct Walker {
  let graph: Graph
  let space: VectorSpace
  /// Where the data comes from a file that has not been checked in full.
  let integrity: Integrity?
  let limit: Int
  let context: SearchContext

  /// Goes down the upper levels, each time to the nearest neighbour, from the entry to the level above `level`.
  ///
  /// Returns nil where there is no entry within the limit.
  func descend(to level: Int) throws(VectorIndexError) -> DistanceKey? {
    guard let entry = graph.entry else { return nil }
    try touchWalk(Int(entry.slot))
    context.slots[0] = entry.slot
    space.walk(context.query, context.slots, 1, context.distances)
    context.count(distances: 1)
    var best = DistanceKey(context.distances[0], slot: entry.slot)
    var current = entry.level
    while current > level {
      var improved = true
      while improved {
        improved = false
        let count = try gatherAll(level: current, slot: Int(best.slot))
        guard count > 0 else { break }
        space.walk(context.query, context.slots, count, context.distances)
        context.countHop(distances: count)
        for index in 0..<count {
          let key = DistanceKey(context.distances[index], slot: context.slots[index])
          if key < best {
            best = key
            improved = true
          }
        }
      }
      current -= 1
    }
    return best
  }

  /// Candidates expanded at a time. Two fetch twice as many rows at once while memory answers, for a few distances more.
  static let width = 2

  /// Fills the context's pool with the nearest slots on a level, starting from `start`: HNSW's algorithm 2.
  ///
  /// - Parameter ef: the size of the beam.
  func beam(level: Int, from start: UnsafeBufferPointer<DistanceKey>, ef: Int) throws(VectorIndexError) {
    let pool = context.pool
    pool.reset(limit: ef)
    context.visited.reset(limit: limit)
    for key in start where Int(key.slot) < limit && context.visited.insert(key.slot) {
      if key < pool.bound { pool.insert(key) }
    }
    let rows = space.walkRows
    while let key = pool.expandNearest() {
      var count = try gatherNew(level: level, slot: Int(key.slot), from: 0, rows)
      var wide = 1
      while wide < Self.width, let another = pool.expandNearest() {
        count = try gatherNew(level: level, slot: Int(another.slot), from: count, rows)
        wide &+= 1
      }
      if level == 0 {
        if let next = pool.upcoming(0) { graph.prefetchLinks(slot: Int(next.slot)) }
        if let next = pool.upcoming(1) { graph.prefetchLinks(slot: Int(next.slot)) }
      }
      guard count > 0 else { continue }
      space.walk(context.query, context.slots, count, context.distances)
      context.countHop(distances: count)
      for index in 0..<count {
        let key = DistanceKey(context.distances[index], slot: context.slots[index])
        if key < pool.bound, pool.insert(key), level == 0 { graph.prefetchLinks(slot: Int(key.slot)) }
      }
    }
  }

  /// Collects the slot's links that were not visited into the context and marks them.
  @inline(__always)
  private func gatherNew(level: Int, slot: Int, from: Int, _ rows: WalkRows) throws(VectorIndexError) -> Int {
    if let integrity { try touchLinks(integrity, level: level, slot: slot) }
    let list = graph.list(level: level, slot: slot)
    let places = graph.places(level: level)
    let visited = context.visited
    let slots = context.slots
    var count = from
    var place = 0
    while place < places {
      let word = list[place].load(ordering: .acquiring)
      if word == 0 { break }
      place &+= 1
      let neighbor = word &- 1
      guard Int(neighbor) < limit, visited.insert(neighbor) else { continue }
      slots[count] = neighbor
      rows.fetch(Int(neighbor), position: count)
      count &+= 1
    }
    if integrity != nil {
      for index in from..<count { try touchWalk(Int(slots[index])) }
    }
    return count
  }

  private func gatherAll(level: Int, slot: Int) throws(VectorIndexError) -> Int {
    if let integrity { try touchLinks(integrity, level: level, slot: slot) }
    let list = graph.list(level: level, slot: slot)
    var count = 0
    for place in 0..<graph.places(level: level) {
      let word = list[place].load(ordering: .acquiring)
      if word == 0 { break }
      guard Int(word &- 1) < limit else { continue }
      context.slots[count] = word &- 1
      count &+= 1
    }
    if integrity != nil {
      for index in 0..<count { try touchWalk(Int(context.slots[index])) }
    }
    return count
  }

  func touchLinks(_ integrity: Integrity, level: Int, slot: Int) throws(VectorIndexError) {
    if level == 0 {
      try integrity.touch(.links, slot)
    } else {
      try integrity.touch(.upperIndex, slot)
      try integrity.touch(.upperLinks, graph.upperRecord(level: level, slot: slot))
    }
  }

  @inline(__always)
  func touchWalk(_ slot: Int) throws(VectorIndexError) {
    if let integrity { try integrity.touchWalk(slot) }
  }
}
