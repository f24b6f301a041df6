// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Looks into records whose checksum is right: a file may have been written by another hand.
struct FileInspector: Sendable {
  let space: VectorSpace
  let graph: Graph
  let slotCount: Int

  /// What is wrong with the records, or nil.
  func defect(in kind: SectionKind, records: Range<Int>) -> String? {
    switch kind {
    case .links:
      return strayPlace(graph.links, places: graph.places(level: 0), records)
    case .upperLinks:
      return strayPlace(graph.upperLinks, places: graph.m, records)
    case .twins:
      return strayPlace(graph.twins, places: 1, records)
    case .upperIndex:
      let upperCount = graph.upperCount.load(ordering: .relaxed)
      let words = graph.upperIndex.pointer(UInt32.self)
      for slot in records {
        let (level, first) = Graph.upperRecords(word: words[slot])
        guard level < Graph.levelLimit, level == 0 ? first == 0 : first + level <= upperCount else {
          return "slot \(slot) has upper levels that do not exist"
        }
      }
      return nil
    case .labels, .deaths:
      return nil
    case .rows, .inverseNorms, .codes, .codeConstants, .center:
      return space.defect(in: kind, records: records)
    }
  }

  /// What is wrong with the twins as a whole, or nil: they must be chains, each slot behind one other at most, for searches
  /// follow them to the end.
  func twinDefect() -> String? {
    var hangs = [Bool](repeating: false, count: slotCount)
    var links = 0
    for slot in 0..<slotCount {
      guard let twin = graph.twin(of: slot) else { continue }
      guard !hangs[twin] else { return "slot \(twin) hangs behind two others" }
      hangs[twin] = true
      links += 1
    }
    for head in 0..<slotCount where !hangs[head] {
      var slot = head
      while let twin = graph.twin(of: slot) {
        slot = twin
        links -= 1
      }
    }
    return links == 0 ? nil : "a chain of equal vectors has no end"
  }

  /// A place that names a slot beyond the last.
  private func strayPlace(_ section: Section, places: Int, _ records: Range<Int>) -> String? {
    let words = section.pointer(UInt32.self)
    for record in records {
      for place in record * places..<(record + 1) * places where Int(words[place]) > slotCount {
        return "a link leads to slot \(words[place] - 1) of \(slotCount)"
      }
    }
    return nil
  }
}
