// SPDX-License-Identifier: Apache-2.0

import Synchronization

extension Walker {
  /// Fills the context's pool with the nearest admitted slots on level 0, walking over admitted and other slots alike.
  ///
  /// Returns false where the budget of distances ran out.
  func plainFiltered(
    from start: DistanceKey, ef: Int, admission: Admission, plan: SearchPlan
  ) throws(VectorIndexError) -> Bool {
    let twins = graph.hasTwins.load(ordering: .acquiring) ? graph : nil
    return try filtered(from: start, ef: ef, admission: admission, twins: twins, plan: plan) {
      (slot) throws(VectorIndexError) in
      let count = try gather(slot: slot)
      score(count, admission: admission, twins: twins)
    }
  }

  /// Fills the context's pool with the nearest admitted slots on level 0, computing distances to admitted slots only.
  ///
  /// Where a neighbour is not admitted, its own neighbours stand in for it (ACORN, arXiv 2403.04871). A neighbourhood
  /// with few admitted slots among two hops is crossed over its other slots: they are walked on as bridges, or the
  /// walk would end on an island of the allowed (arXiv 2607.00768).
  ///
  /// Returns false where the budget of distances ran out.
  func twoHopFiltered(
    from start: DistanceKey, ef: Int, admission: Admission, plan: SearchPlan
  ) throws(VectorIndexError) -> Bool {
    let twins = graph.hasTwins.load(ordering: .acquiring) ? graph : nil
    return try filtered(from: start, ef: ef, admission: admission, twins: twins, plan: plan) {
      (slot) throws(VectorIndexError) in
      try expandTwoHops(slot: slot, admission: admission, twins: twins)
    }
  }

  /// Fewer admitted slots than this in a neighbourhood, and its other slots become bridges.
  private static var bridgeThreshold: Int { 4 }

  private func filtered(
    from start: DistanceKey, ef: Int, admission: Admission, twins: Graph?, plan: SearchPlan,
    expand: (Int) throws(VectorIndexError) -> Void
  ) throws(VectorIndexError) -> Bool {
    let pool = context.pool
    pool.reset(limit: ef)
    context.visited.reset(limit: limit)
    context.frontier.removeAll()
    guard Int(start.slot) < limit, context.visited.insert(start.slot) else { return true }
    context.frontier.insert(start)
    if admission.admitsAny(Int(start.slot), twinsIn: twins) { pool.insert(start) }
    while let key = context.frontier.removeNearest() {
      if key > pool.bound { return true }
      if context.distanceComputations > plan.budget || isAstray(plan) { return false }
      try expand(Int(key.slot))
    }
    return true
  }

  /// Whether far fewer slots are admitted where the walk is than overall. What is allowed lies elsewhere then, and the
  /// walk would come to rest at the first of it that it meets.
  private func isAstray(_ plan: SearchPlan) -> Bool {
    context.asked >= Self.astrayAfter
      && Double(context.admitted) * Self.astrayFactor < Double(context.asked) * plan.selectivity
  }

  private static var astrayAfter: Int { 256 }
  private static var astrayFactor: Double { 5 }

  private func gather(slot: Int) throws(VectorIndexError) -> Int {
    if let integrity { try touchLinks(integrity, level: 0, slot: slot) }
    let list = graph.list(level: 0, slot: slot)
    var count = 0
    for place in 0..<graph.places(level: 0) {
      let word = list[place].load(ordering: .acquiring)
      if word == 0 { break }
      let neighbor = word &- 1
      guard Int(neighbor) < limit, context.visited.insert(neighbor) else { continue }
      try touchWalk(Int(neighbor))
      if count < space.walkRows.window { space.walkRows.fetch(Int(neighbor)) }
      context.slots[count] = neighbor
      count &+= 1
    }
    return count
  }

  /// Computes the distances of the first `count` gathered slots; the near ones are to be walked on, the admitted of them
  /// are results.
  private func score(_ count: Int, admission: Admission, twins: Graph?) {
    guard count > 0 else { return }
    let pool = context.pool
    space.walk(context.query, context.slots, count, context.distances)
    context.countHop(distances: count)
    var admitted = 0
    for index in 0..<count {
      let key = DistanceKey(context.distances[index], slot: context.slots[index])
      let isAdmitted = admission.admitsAny(Int(key.slot), twinsIn: twins)
      if isAdmitted { admitted &+= 1 }
      guard key < pool.bound else { continue }
      context.frontier.insert(key)
      if isAdmitted { pool.insert(key) }
    }
    context.countAsked(count, admitted: admitted)
  }

  private func expandTwoHops(slot: Int, admission: Admission, twins: Graph?) throws(VectorIndexError) {
    let count = try gather(slot: slot)
    // Admitted neighbours first, the others behind them.
    var admitted = 0
    for index in 0..<count where admission.admitsAny(Int(context.slots[index]), twinsIn: twins) {
      let other = context.slots[admitted]
      context.slots[admitted] = context.slots[index]
      context.slots[index] = other
      admitted &+= 1
    }
    let bridges = (admitted..<count).map { context.slots[$0] }
    for bridge in bridges { graph.prefetchLinks(slot: Int(bridge)) }
    var found = admitted
    var waiting = admitted
    for bridge in bridges {
      if let integrity { try touchLinks(integrity, level: 0, slot: Int(bridge)) }
      let list = graph.list(level: 0, slot: Int(bridge))
      for place in 0..<graph.places(level: 0) {
        let word = list[place].load(ordering: .acquiring)
        if word == 0 { break }
        let neighbor = word &- 1
        guard Int(neighbor) < limit, !context.visited.contains(neighbor),
          admission.admitsAny(Int(neighbor), twinsIn: twins), context.visited.insert(neighbor)
        else { continue }
        try touchWalk(Int(neighbor))
        if waiting < space.walkRows.window { space.walkRows.fetch(Int(neighbor)) }
        context.slots[waiting] = neighbor
        waiting &+= 1
        found &+= 1
        if waiting == context.batch {
          score(waiting, admission: admission, twins: twins)
          waiting = 0
        }
      }
    }
    score(waiting, admission: admission, twins: twins)
    guard found < Self.bridgeThreshold, !bridges.isEmpty else { return }
    for (index, bridge) in bridges.enumerated() { context.slots[index] = bridge }
    score(bridges.count, admission: admission, twins: twins)
  }

  /// Fills the context's pool with the nearest of all admitted slots, by walking distances.
  func scan(keep: Int, admission: Admission) throws(VectorIndexError) {
    let pool = context.pool
    pool.reset(limit: keep)
    var waiting = 0
    func flush() {
      guard waiting > 0 else { return }
      space.walk(context.query, context.slots, waiting, context.distances)
      context.count(distances: waiting)
      for index in 0..<waiting {
        // A row without a distance is no result.
        guard !context.distances[index].isNaN else { continue }
        let key = DistanceKey(context.distances[index], slot: context.slots[index])
        if key < pool.bound { pool.insert(key) }
      }
      waiting = 0
    }
    try admission.forEach { (slot) throws(VectorIndexError) in
      try touchWalk(slot)
      guard space.hasDistance(slot: slot) else { return }
      context.slots[waiting] = UInt32(slot)
      waiting &+= 1
      if waiting == context.batch { flush() }
    }
    flush()
  }
}
