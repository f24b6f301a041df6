// SPDX-License-Identifier: Apache-2.0

import Synchronization

extension HNSWIndex {
  /// Checks what the index relies on: degrees within their places, no link to itself or twice to the same slot, links
  /// on a level only between slots that have the level, the entry on the highest level, twins without links of their
  /// own, every slot that has a distance reachable from the entry, and labels that name each living slot once.
  ///
  /// Links are one-way where pruning took one side; there is no rule of symmetry beyond reachability. Slots may
  /// be unreachable for a while after vectors were added one by one, and reachability is not checked then; compaction,
  /// larger batches and saving see to it.
  ///
  /// - Throws: ``VectorIndexError/Code/invariantViolated`` naming the first contradiction.
  /// - Complexity: O(slots · m).
  public func checkInvariants() throws(VectorIndexError) {
    try writer.withLock { (state) throws(VectorIndexError) in
      let moment = moment
      try moment.generation.integrity?.checkAll(SectionKind.allCases)
      let checker = InvariantChecker(moment: moment)
      try checker.checkLinks()
      try checker.checkEntry()
      // One link that a new slot takes may have been the only way to many others.
      if state.linkedSinceRepair == 0 { try checker.checkReachability() }
      try checker.checkLabels()
    }
  }
}
