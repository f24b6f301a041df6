// SPDX-License-Identifier: Apache-2.0

/// Finds the living slot of a label: open addressing over slot numbers, whose labels stand in the slot table.
struct LabelMap {
  /// A slot plus one, or 0.
  private var table: [UInt32] = []
  private(set) var count = 0
  private let slots: SlotTable

  /// Takes in the living among the first `slotCount` slots.
  init(slots: SlotTable, slotCount: Int, change: UInt64) {
    self.slots = slots
    reserve(slotCount)
    for slot in 0..<slotCount where slots.isAlive(slot, at: change) { set(slot: slot) }
  }

  func slot(of label: UInt64) -> Int? {
    guard !table.isEmpty else { return nil }
    var index = home(label)
    while table[index] != 0 {
      let slot = Int(table[index] - 1)
      if slots.label(slot) == label { return slot }
      index = next(index)
    }
    return nil
  }

  /// Makes `slot` the living slot of its label.
  mutating func set(slot: Int) {
    reserve(count + 1)
    let label = slots.label(slot)
    var index = home(label)
    while table[index] != 0 {
      if slots.label(Int(table[index] - 1)) == label {
        table[index] = UInt32(slot + 1)
        return
      }
      index = next(index)
    }
    table[index] = UInt32(slot + 1)
    count += 1
  }

  mutating func remove(_ label: UInt64) {
    guard !table.isEmpty else { return }
    var hole = home(label)
    while table[hole] != 0, slots.label(Int(table[hole] - 1)) != label { hole = next(hole) }
    guard table[hole] != 0 else { return }
    count -= 1
    // What follows the hole moves up into it unless it is at home behind it (Knuth, vol. 3, algorithm 6.4 R).
    var index = hole
    while true {
      index = next(index)
      guard table[index] != 0 else { break }
      let home = home(slots.label(Int(table[index] - 1)))
      let staysPut = hole < index ? (hole < home && home <= index) : (hole < home || home <= index)
      if !staysPut {
        table[hole] = table[index]
        hole = index
      }
    }
    table[hole] = 0
  }

  private func home(_ label: UInt64) -> Int {
    let mixed = (label ^ (label &>> 32)) &* 0x9E37_79B9_7F4A_7C15
    return Int(mixed.multipliedFullWidth(by: UInt64(table.count)).high)
  }

  private func next(_ index: Int) -> Int { index + 1 == table.count ? 0 : index + 1 }

  /// Keeps the table at most two thirds full.
  private mutating func reserve(_ wanted: Int) {
    guard wanted * 3 > table.count * 2 else { return }
    let old = table
    table = [UInt32](repeating: 0, count: max(16, wanted * 2))
    for word in old where word != 0 {
      var index = home(slots.label(Int(word - 1)))
      while table[index] != 0 { index = next(index) }
      table[index] = word
    }
  }
}
