// SPDX-License-Identifier: Apache-2.0

import HNSW

/// Searches an index that is being written to, and compares each answer with the script of its change number.
struct StressReader {
  let index: HNSWIndex
  let script: StressScript
  private(set) var searches = 0
  /// Searches that were answered by a walk.
  private(set) var walks = 0

  private var generator: SeededGenerator
  private var pinned: (view: IndexView, query: [Float], answer: [Neighbor])?

  init(index: HNSWIndex, script: StressScript, seed: UInt64) {
    self.index = index
    self.script = script
    generator = SeededGenerator(seed)
  }

  /// One search; what was wrong with it, if anything.
  ///
  /// - Parameter completed: a change that was complete before the call.
  mutating func search(after completed: UInt64) throws -> String? {
    searches += 1
    let query = StressScript.vector(generator.next() >> 32, change: 0)
    let view = index.view()
    let change = view.changeNumber
    guard change >= completed else { return "a view of change \(change) after change \(completed) was made" }
    let count = script.counts[Int(change)]
    guard view.count == count else { return "\(view.count) vectors at change \(change), which leaves \(count)" }
    switch generator.below(16) {
    case 0:
      let all = try view.search(query, k: .max, options: SearchOptions(exact: true))
      return script.fault(in: all, to: query, at: change, count: count)
    case 1:
      let even = { (label: UInt64) in label % 2 == 0 }
      let options = SearchOptions(efSearch: 4, allow: try view.allowList(where: even))
      let expected = options.allow?.count ?? 0
      let found = try view.search(query, k: 3, options: options)
      return script.fault(in: found, to: query, at: change, count: min(3, expected), allowed: even)
    case 2:
      // Links may change between the two, so that the answers may differ; both are of the view's moment.
      let batch = try view.searchBatch(query + query, k: 4, options: SearchOptions(efSearch: 4), threads: 2)
      for found in batch {
        if let fault = script.fault(in: found, to: query, at: change, count: min(4, count)) { return fault }
      }
      return nil
    case 3:
      let label = UInt64(generator.below(script.labelCount))
      guard let vector = try index.vector(label: label) else { return nil }
      // The index is at some change by now; the vector is one that the label has had since.
      let later = index.changeNumber
      let known = (change...later).contains { script.vector(label, at: $0) == vector }
      return known ? nil : "label \(label) has a vector that it never had between \(change) and \(later)"
    case 4:
      return try searchPinned(query, view)
    default:
      let (found, explanation) = try view.searchExplained(query, k: 2, options: SearchOptions(efSearch: 3))
      if explanation.strategy != .exact { walks += 1 }
      return script.fault(in: found, to: query, at: change, count: min(2, count))
    }
  }

  /// A view that is kept for a while gives the same answer each time.
  private mutating func searchPinned(_ query: [Float], _ view: IndexView) throws -> String? {
    let exact = SearchOptions(exact: true)
    if let pinned {
      let again = try pinned.view.search(pinned.query, k: 20, options: exact)
      guard again == pinned.answer else { return "a view has changed its answer" }
      let change = pinned.view.changeNumber
      let found = try pinned.view.search(query, k: 2, options: SearchOptions(efSearch: 3))
      if generator.oneIn(8) { self.pinned = nil }
      return script.fault(in: found, to: query, at: change, count: min(2, script.counts[Int(change)]))
    }
    pinned = (view, query, try view.search(query, k: 20, options: exact))
    return nil
  }
}
