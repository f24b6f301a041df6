// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// One search in one moment of an index: plan, walk or scan, rank.
struct Searcher {
  let generation: Generation
  let change: UInt64
  let slotCount: Int
  let liveCount: Int
  let configuration: HNSWConfiguration

  private var space: VectorSpace { generation.space }

  func search(
    _ query: UnsafeRawPointer, k: Int, options: SearchOptions
  ) throws(VectorIndexError) -> ([Neighbor], SearchExplanation) {
    try generation.contexts.withContext { (context) throws(VectorIndexError) in
      guard space.prepare(query, into: context.query) else {
        throw VectorIndexError(
          .zeroNormQuery, "cosine distance from a query of norm zero is undefined; the query has no direction")
      }
      guard let list = options.allow else { return try run(context, k: k, options: options, allowed: nil) }
      guard list.slots === generation.slots else {
        throw VectorIndexError(
          .staleAllowList,
          "the allow-list was made for another index or before a compaction; make it from the current view")
      }
      var result: Result<([Neighbor], SearchExplanation), VectorIndexError>?
      list.words.withUnsafeBufferPointer { words in
        result = Result { () throws(VectorIndexError) in
          try run(context, k: k, options: options, allowed: words)
        }
      }
      guard let result else { return ([], .nothing) }
      return try result.get()
    }
  }

  private func run(
    _ context: SearchContext, k: Int, options: SearchOptions, allowed: UnsafeBufferPointer<UInt64>?
  ) throws(VectorIndexError) -> ([Neighbor], SearchExplanation) {
    let matches = min(options.allow?.count ?? liveCount, liveCount)
    var explanation = SearchExplanation(
      planned: .exact, strategy: .exact, distanceComputations: 0, hops: 0, reranked: 0, allowed: matches)
    guard k > 0, matches > 0 else { return ([], explanation) }

    let admission = Admission(
      slots: generation.slots, change: change, slotCount: slotCount, hasDead: liveCount < slotCount, allowed: allowed)
    let walker = Walker(
      graph: generation.graph, space: space, integrity: generation.walkIntegrity, limit: slotCount, context: context)
    let integrity = generation.integrity
    let wanted = min(k, matches)
    let ef = max(options.efSearch, wanted, 1)

    var best: [DistanceKey] = []
    if options.exact {
      best = try scanExactly(wanted, walker: walker, admission: admission)
    } else {
      let plan = SearchPlan(matches: matches, total: slotCount, efSearch: ef, m: configuration.m)
      explanation.planned = plan.strategy
      var candidates: [DistanceKey] = []
      if plan.strategy != .exact {
        if try walk(plan, ef: ef, walker: walker, admission: admission) {
          candidates = try finalists(wanted, walker: walker, admission: admission)
          explanation.strategy = plan.strategy
        }
      }
      // The walk gave up, or met fewer than exist: the scan finds them all.
      if candidates.count < wanted {
        explanation.strategy = .exact
        try walker.scan(keep: space.walkIsApproximate ? wanted + wanted / 2 + 32 : wanted, admission: admission)
        candidates = Array(UnsafeBufferPointer(start: context.pool.keys, count: context.pool.count))
      }
      var ranking = Ranking(space: space, context: context) { (slot) throws(VectorIndexError) in
        try integrity?.touchExact(slot)
      }
      best = try ranking.nearest(wanted, of: candidates)
      explanation.reranked = ranking.ranked
    }
    explanation.distanceComputations = context.distanceComputations
    explanation.hops = context.hops
    return (try neighbors(best, limit: options.distanceLimit), explanation)
  }

  /// Fills the pool by the planned walk. False where the budget ran out.
  private func walk(
    _ plan: SearchPlan, ef: Int, walker: Walker, admission: Admission
  ) throws(VectorIndexError) -> Bool {
    let starts = try self.starts(walker, ef: ef)
    guard let start = starts.first else { return false }
    if admission.allowed == nil, liveCount >= slotCount - slotCount / 5 {
      // Few are dead: a wider beam over all leaves enough of the living.
      let beam = admission.hasDead ? ef * slotCount / max(liveCount, 1) + 1 : ef
      try self.beam(walker, level: 0, from: starts, ef: beam)
      return true
    }
    switch plan.strategy {
    case .twoHop:
      return try walker.twoHopFiltered(from: start, ef: ef, admission: admission, budget: plan.budget)
    default:
      return try walker.plainFiltered(from: start, ef: ef, admission: admission, budget: plan.budget)
    }
  }

  /// Where to enter level 0, nearest first: several places that a beam on level 1 found, for it is there that a walk
  /// would choose the wrong one of two clusters.
  private func starts(_ walker: Walker, ef: Int) throws(VectorIndexError) -> [DistanceKey] {
    guard (generation.graph.entry?.level ?? 0) > 0 else {
      return try walker.descend(to: 0).map { [$0] } ?? []
    }
    guard let start = try walker.descend(to: 1) else { return [] }
    try beam(walker, level: 1, from: [start], ef: ef / Self.startShare + 1)
    let pool = walker.context.pool
    return UnsafeBufferPointer(start: pool.keys, count: pool.count).map(\.unexpanded)
  }

  /// The beam of level 0 over that of level 1.
  private static let startShare = 8

  private func beam(_ walker: Walker, level: Int, from: [DistanceKey], ef: Int) throws(VectorIndexError) {
    try from.withUnsafeBufferPointer { (start) throws(VectorIndexError) in
      try walker.beam(level: level, from: start, ef: ef)
    }
  }

  /// The admitted slots of the pool in order, with those of the same vector behind each.
  private func finalists(
    _ wanted: Int, walker: Walker, admission: Admission
  ) throws(VectorIndexError) -> [DistanceKey] {
    let pool = walker.context.pool
    let all = UnsafeBufferPointer(start: pool.keys, count: pool.count)
    let graph = generation.graph
    let hasTwins = graph.hasTwins.load(ordering: .acquiring)
    if !hasTwins, !admission.hasDead, admission.allowed == nil { return Array(all) }
    var result: [DistanceKey] = []
    result.reserveCapacity(all.count)
    for key in all {
      if admission.admits(Int(key.slot)) { result.append(key) }
      guard hasTwins else { continue }
      var added = 0
      var next = graph.twin(of: Int(key.slot))
      while let twin = next, added < wanted {
        try walker.integrity?.touch(.twins, twin)
        if admission.admits(twin) {
          result.append(DistanceKey(ordered: key.ordered, slot: UInt32(twin)))
          added += 1
        }
        next = graph.twin(of: twin)
      }
    }
    return result
  }

  /// The nearest admitted slots by exact distances, every one computed.
  private func scanExactly(
    _ wanted: Int, walker: Walker, admission: Admission
  ) throws(VectorIndexError) -> [DistanceKey] {
    let context = walker.context
    let pool = context.pool
    let integrity = generation.integrity
    pool.reset(limit: wanted)
    var waiting = 0
    func flush() {
      guard waiting > 0 else { return }
      space.exact(context.query, context.slots, waiting, context.distances)
      context.count(distances: waiting)
      for index in 0..<waiting where !context.distances[index].isNaN {
        let key = DistanceKey(context.distances[index], slot: context.slots[index])
        if key < pool.bound { pool.insert(key) }
      }
      waiting = 0
    }
    try admission.forEach { (slot) throws(VectorIndexError) in
      try integrity?.touchExact(slot)
      context.slots[waiting] = UInt32(slot)
      waiting &+= 1
      if waiting == context.batch { flush() }
    }
    flush()
    return Array(UnsafeBufferPointer(start: pool.keys, count: pool.count))
  }

  private func neighbors(_ best: [DistanceKey], limit: Float?) throws(VectorIndexError) -> [Neighbor] {
    var result: [Neighbor] = []
    result.reserveCapacity(best.count)
    for key in best {
      let distance = space.reported(key.distance)
      if let limit, !(distance <= limit) { break }
      let slot = Int(key.slot)
      try generation.integrity?.touch(.labels, slot)
      result.append(Neighbor(label: generation.slots.label(slot), distance: distance))
    }
    // Slots of equal distance come in the order of their labels.
    result.sort()
    return result
  }
}
