// SPDX-License-Identifier: Apache-2.0

/// Which slots a search may return: those alive at its moment and, if there is a list, allowed by it.
struct Admission {
  let slots: SlotTable
  let change: UInt64
  let slotCount: Int
  /// Whether some slot below `slotCount` has died.
  let hasDead: Bool
  let allowed: UnsafeBufferPointer<UInt64>?

  @inline(__always)
  func admits(_ slot: Int) -> Bool {
    if slot >= slotCount { return false }
    if let allowed {
      let word = slot &>> 6
      guard word < allowed.count, allowed[word] & (1 &<< UInt64(slot & 63)) != 0 else { return false }
    }
    return !hasDead || slots.isAlive(slot, at: change)
  }

  /// Whether the slot, or another with the same vector, is admitted.
  @inline(__always)
  func admitsAny(_ slot: Int, twinsIn graph: Graph?) -> Bool {
    if admits(slot) { return true }
    guard let graph else { return false }
    var next = graph.twin(of: slot)
    while let twin = next {
      if admits(twin) { return true }
      next = graph.twin(of: twin)
    }
    return false
  }

  /// Calls `body` with each admitted slot, in order.
  @inline(__always)
  func forEach<Failure: Error>(_ body: (Int) throws(Failure) -> Void) throws(Failure) {
    guard let allowed else {
      for slot in 0..<slotCount where !hasDead || slots.isAlive(slot, at: change) { try body(slot) }
      return
    }
    for index in 0..<min(allowed.count, (slotCount &+ 63) &>> 6) {
      var word = allowed[index]
      while word != 0 {
        let slot = index &<< 6 | word.trailingZeroBitCount
        word &= word &- 1
        if admits(slot) { try body(slot) }
      }
    }
  }
}
