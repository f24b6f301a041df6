// SPDX-License-Identifier: Apache-2.0

extension HNSWIndex {
  /// The shape and the size of the index. Reads all links: O(slots · m).
  ///
  /// - Throws: ``VectorIndexError/Code/corruptFile`` where the index comes from a damaged file.
  public func statistics() throws(VectorIndexError) -> IndexStatistics {
    let moment = moment
    let graph = moment.generation.graph
    try moment.generation.integrity?.checkAll([.links, .upperIndex, .twins])
    var levels = [0]
    var degrees = [Int](repeating: 0, count: graph.places(level: 0) + 1)
    var twins = 0
    var buffer = [UInt32](repeating: 0, count: graph.places(level: 0))
    for slot in 0..<moment.slotCount {
      let level = graph.level(of: slot)
      while levels.count <= level { levels.append(0) }
      levels[level] += 1
      let degree = buffer.withUnsafeMutableBufferPointer { buffer in
        buffer.baseAddress.map { graph.copyLinks(level: 0, slot: slot, into: $0) } ?? 0
      }
      degrees[degree] += 1
      // Each hangs behind exactly one slot.
      if graph.twin(of: slot) != nil { twins += 1 }
    }
    var bytes: [String: Int] = [:]
    for entry in SectionLayout(moment).entries { bytes[entry.kind.name] = entry.section.stride * entry.records }
    return IndexStatistics(
      count: moment.liveCount, deadSlots: moment.slotCount - moment.liveCount, levels: levels, degrees: degrees,
      twins: twins, bytes: bytes)
  }
}
