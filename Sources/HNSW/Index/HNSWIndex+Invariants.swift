// SPDX-License-Identifier: Apache-2.0

import Synchronization

extension HNSWIndex {
  public func unreachedCount() -> Int {
    let m = moment
    return Reachability(graph: m.generation.graph, space: m.generation.space, slotCount: m.slotCount).unreached.count
  }
}
