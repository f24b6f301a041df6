// SPDX-License-Identifier: Apache-2.0

/// The distances of one Float32 query to many rows, four at a time, with the next rows on their way.
struct Float32Scan {
  /// The query, padded.
  let query: UnsafePointer<Float>
  /// Row 0.
  let base: UnsafePointer<Float>
  /// Numbers in a row.
  let padded: Int

  /// Rows between those that are summed and those that are fetched, where rows are anywhere.
  private static let lead = 8

  /// Writes the distances of the selected rows in their order.
  func write<Measure: Float32Measure>(
    _ selection: RowSelection, _ measure: Measure, into distances: UnsafeMutablePointer<Float>
  ) {
    switch selection {
    case .consecutive(let rows):
      write(rows.count, measure, into: distances, number: { rows.lowerBound &+ $0 }) { index in
        let four = FourRows(following: base + (rows.lowerBound &+ index) &* padded, stride: padded)
        return (four, RowFetch(ahead: four))
      }
    case .listed(let rows):
      guard let numbers = rows.baseAddress else { return }
      write(rows.count, measure, into: distances, number: { numbers[$0] }) { index in
        let next = min(index &+ Self.lead, rows.count &- 4)
        return (
          FourRows(base, stride: padded, numbers: numbers + index),
          RowFetch(FourRows(base, stride: padded, numbers: numbers + next))
        )
      }
    }
  }

  /// - Parameters:
  ///   - number: the number of the row at an index of the selection.
  ///   - four: the four rows from an index on, and what to ask for meanwhile.
  @inline(__always)
  private func write<Measure: Float32Measure>(
    _ count: Int, _ measure: Measure, into distances: UnsafeMutablePointer<Float>, number: (Int) -> Int,
    four: (Int) -> (FourRows<Float>, RowFetch)
  ) {
    var index = 0
    while index &+ 4 <= count {
      let (rows, next) = four(index)
      let sums = Float32Kernels.sum4(Measure.Term.self, query, rows, padded, fetching: next)
      for lane in 0..<4 {
        distances[index &+ lane] = measure.value(sums[lane], row: number(index &+ lane))
      }
      index &+= 4
    }
    while index < count {
      let row = number(index)
      let sum = Float32Kernels.sum1(Measure.Term.self, query, base + row &* padded, padded)
      distances[index] = measure.value(sum, row: row)
      index &+= 1
    }
  }
}
