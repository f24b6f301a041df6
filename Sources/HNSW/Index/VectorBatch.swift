// SPDX-License-Identifier: Apache-2.0

/// Labels and the rows that go with them.
struct VectorBatch<Element: Sendable>: Sendable {
  let labels: [UInt64]
  /// Row-major.
  let elements: [Element]
  /// Elements in a row.
  let stride: Int

  func withRow(_ row: Int, _ body: (UnsafeRawPointer) -> Void) {
    elements.withUnsafeBytes { bytes in
      if let base = bytes.baseAddress { body(base + row * stride * MemoryLayout<Element>.stride) }
    }
  }

  /// The last row of each label, in order.
  func lastRows(refusingRepeats: Bool) throws(VectorIndexError) -> [Int] {
    guard labels.count > 1 else { return Array(labels.indices) }
    var last: [UInt64: Int] = [:]
    last.reserveCapacity(labels.count)
    for (row, label) in labels.enumerated() {
      let previous = last.updateValue(row, forKey: label)
      if refusingRepeats, let previous {
        throw VectorIndexError(
          .duplicateLabel, "label \(label) comes twice in the call, as vectors \(previous) and \(row)")
      }
    }
    guard last.count < labels.count else { return Array(labels.indices) }
    return labels.indices.filter { last[labels[$0]] == $0 }
  }
}
