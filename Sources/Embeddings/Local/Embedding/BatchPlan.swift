// SPDX-License-Identifier: Apache-2.0

/// Which sequences are computed together.
///
/// Sequences lie one behind the other, so a batch wastes only what its last panel lacks. Batches are filled as full as
/// can be: the longest sequence left first, then again and again the longest that still fits.
enum BatchPlan {
  /// Batches of about `budget` tokens, a multiple of a panel's; a longer sequence is a batch of its own.
  ///
  /// - Parameter lengths: the sequences' numbers of tokens.
  /// - Returns: the numbers of each batch's sequences.
  /// - Complexity: O(n · m) for sequences of at most m tokens.
  static func batches(lengths: [Int], budget: Int) -> [[Int]] {
    var byLength: [Int: [Int]] = [:]
    for number in lengths.indices.reversed() { byLength[lengths[number], default: []].append(number) }
    // The lengths that are left, longest first.
    var left = byLength.keys.sorted(by: >)
    var batches: [[Int]] = []
    while let longest = left.first {
      var batch: [Int] = []
      var room = max(budget, Block.panels(longest) * Block.columns)
      var place = 0
      while place < left.count, batch.count < 4096 {
        let length = left[place]
        guard length <= room, let number = byLength[length]?.popLast() else {
          place += 1
          continue
        }
        batch.append(number)
        room -= length
        if byLength[length]?.isEmpty ?? true { left.remove(at: place) }
      }
      batches.append(batch)
    }
    return batches
  }
}
