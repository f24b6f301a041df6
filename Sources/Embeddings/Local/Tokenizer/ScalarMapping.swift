// SPDX-License-Identifier: Apache-2.0

/// What some Unicode scalars become, decoded from a generated table.
struct ScalarMapping: Sendable {
  /// The scalars that change, in order.
  let keys: [UInt32]
  /// Where the result of each key begins; one more at the end.
  private let offsets: [Int]
  private let values: [UInt32]

  init(_ text: StaticString) {
    var reader = DigitReader(text)
    var keys: [UInt32] = []
    var offsets: [Int] = [0]
    var values: [UInt32] = []
    var scalar = 0
    while let distance = reader.next(), let count = reader.next() {
      scalar += distance
      keys.append(UInt32(truncatingIfNeeded: scalar))
      for _ in 0..<count {
        guard let zigzag = reader.next() else { break }
        let difference = zigzag % 2 == 0 ? zigzag / 2 : -(zigzag / 2 + 1)
        values.append(UInt32(truncatingIfNeeded: scalar + difference))
      }
      offsets.append(values.count)
    }
    self.keys = keys
    self.offsets = offsets
    self.values = values
  }

  /// The scalars that `scalar` becomes, nil where it stays. Complexity: O(log n).
  subscript(scalar: UInt32) -> ArraySlice<UInt32>? {
    var low = 0
    var high = keys.count
    while low < high {
      let middle = (low + high) / 2
      if keys[middle] < scalar { low = middle + 1 } else { high = middle }
    }
    guard low < keys.count, keys[low] == scalar else { return nil }
    return values[offsets[low]..<offsets[low + 1]]
  }
}
