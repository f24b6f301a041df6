// SPDX-License-Identifier: Apache-2.0

/// What a thread that links works with, beside its search context.
final class BuildScratch {
  /// The candidates of the level at hand.
  var found: KeyBuffer
  /// The links picked for the new slot.
  var picked: KeyBuffer
  var selection: NeighborSelection
  let query: PreparedQuery
  let slots: UnsafeMutablePointer<UInt32>
  let distances: UnsafeMutablePointer<Float>

  init(dimension: Int, m: Int, efConstruction: Int) {
    let capacity = max(efConstruction, 2 * m + 1) + 1
    found = KeyBuffer(capacity: capacity)
    picked = KeyBuffer(capacity: capacity)
    selection = NeighborSelection(capacity: capacity)
    query = PreparedQuery(dimension: dimension)
    slots = .allocate(capacity: 2 * m + 4)
    slots.initialize(repeating: 0, count: 2 * m + 4)
    distances = .allocate(capacity: 2 * m + 8)
    distances.initialize(repeating: 0, count: 2 * m + 8)
  }

  deinit {
    found.deallocate()
    picked.deallocate()
    selection.deallocate()
    slots.deallocate()
    distances.deallocate()
  }
}
