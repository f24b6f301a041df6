// SPDX-License-Identifier: Apache-2.0

extension ExactIndex where Vector == [Float] {
  /// Adds vectors under new labels: all of them, or none where one is refused.
  ///
  /// - Parameter vectors: row-major, `labels.count` × dimension.
  /// - Throws: ``VectorIndexError`` with `dimensionMismatch` for another count of numbers, `duplicateLabel` for a label
  ///   that is in the index or comes twice, `notFinite`.
  /// - Complexity: O(`vectors.count`), amortised.
  public mutating func add(labels newLabels: [UInt64], vectors: [Float]) throws(VectorIndexError) {
    let (numbers, overflow) = newLabels.count.multipliedReportingOverflow(by: dimension)
    guard !overflow, numbers == vectors.count else {
      throw VectorIndexError(
        .dimensionMismatch,
        "\(newLabels.count) labels need \(newLabels.count) × \(dimension) numbers, not \(vectors.count)")
    }
    var seen = Set<UInt64>(minimumCapacity: newLabels.count)
    for label in newLabels {
      try checkNew(label)
      guard seen.insert(label).inserted else {
        throw VectorIndexError(.duplicateLabel, "label \(label) comes twice in the call")
      }
    }
    let dimension = dimension
    func vector(_ index: Int, _ all: UnsafeBufferPointer<Float>) -> UnsafeBufferPointer<Float> {
      UnsafeBufferPointer(rebasing: all[index * dimension..<(index + 1) * dimension])
    }
    try vectors.withUnsafeBufferPointer { (all) throws(VectorIndexError) in
      for index in newLabels.indices { try VectorRules.checkFinite(vector(index, all), row: index) }
    }
    rows.reserve(newLabels.count)
    rowOfLabel.reserveCapacity(count + newLabels.count)
    vectors.withUnsafeBufferPointer { all in
      for index in newLabels.indices { rows.append(vector(index, all)) }
    }
    for label in newLabels {
      rowOfLabel[label] = labels.count
      labels.append(label)
    }
  }
}
