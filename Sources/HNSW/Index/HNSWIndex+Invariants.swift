// SPDX-License-Identifier: Apache-2.0

import Synchronization

extension HNSWIndex {
  /// Checks what the index relies on: degrees within their places, no link to itself or twice to the same slot, links
  /// on a level only between slots that have the level, the entry on the highest level, twins without links of their
  /// own, every slot that has a distance reachable from the entry, and labels that name each living slot once.
  ///
  /// Links are one-way where pruning took one side; there is no rule of symmetry beyond reachability. Slots that were
  /// added one by one since reachability was last looked after may be unreachable; compaction and larger batches see
  /// to them.
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
      try checker.checkReachability(tolerating: state.linkedSinceRepair)
      try checker.checkLabels()
    }
  }
}
