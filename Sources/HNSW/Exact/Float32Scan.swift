// SPDX-License-Identifier: Apache-2.0

/// The sums of one Float32 query over many rows, four at a time, with the next rows on their way.
struct Float32Scan {
  let query: Float32Rows.Query
  /// Numbers in a row.
  let padded: Int

  /// Rows between those that are summed and those that are fetched, where rows are anywhere.
  private static let lead = 8

  private typealias One = (UnsafePointer<Float>, UnsafePointer<Float>, Int) -> Float
  private typealias Four = (UnsafePointer<Float>, FourRows<Float>, Int, RowFetch) -> SIMD4<Float>

  /// Writes the sums of `count` rows that stand one after another.
  func sums(_ metric: Metric, _ first: UnsafePointer<Float>, _ count: Int, _ sums: UnsafeMutablePointer<Float>) {
    switch metric {
    case .l2:
      inOrder(first, count, sums, one: Float32Kernels.squaredL2, four: Float32Kernels.squaredL2x4(_:_:_:fetching:))
    case .l1: inOrder(first, count, sums, one: Float32Kernels.l1, four: Float32Kernels.l1x4(_:_:_:fetching:))
    default: inOrder(first, count, sums, one: Float32Kernels.dot, four: Float32Kernels.dot4(_:_:_:fetching:))
    }
  }

  /// Writes the sums of the rows of `count` numbers.
  func sums(
    _ metric: Metric, _ base: UnsafePointer<Float>, _ numbers: UnsafePointer<Int>, _ count: Int,
    _ sums: UnsafeMutablePointer<Float>
  ) {
    switch metric {
    case .l2:
      anywhere(
        base, numbers, count, sums, one: Float32Kernels.squaredL2, four: Float32Kernels.squaredL2x4(_:_:_:fetching:))
    case .l1: anywhere(base, numbers, count, sums, one: Float32Kernels.l1, four: Float32Kernels.l1x4(_:_:_:fetching:))
    default:
      anywhere(base, numbers, count, sums, one: Float32Kernels.dot, four: Float32Kernels.dot4(_:_:_:fetching:))
    }
  }

  @inline(__always)
  private func inOrder(
    _ first: UnsafePointer<Float>, _ count: Int, _ sums: UnsafeMutablePointer<Float>, one: One, four: Four
  ) {
    query.numbers.withUnsafeBufferPointer { numbers in
      guard let query = numbers.baseAddress else { return }
      var index = 0
      while index &+ 4 <= count {
        let rows = FourRows(following: first + index &* padded, stride: padded)
        let values = four(query, rows, padded, RowFetch(ahead: rows))
        UnsafeMutableRawPointer(sums + index).storeBytes(of: values, as: SIMD4<Float>.self)
        index &+= 4
      }
      while index < count {
        sums[index] = one(query, first + index &* padded, padded)
        index &+= 1
      }
    }
  }

  @inline(__always)
  private func anywhere(
    _ base: UnsafePointer<Float>, _ numbers: UnsafePointer<Int>, _ count: Int,
    _ sums: UnsafeMutablePointer<Float>, one: One, four: Four
  ) {
    query.numbers.withUnsafeBufferPointer { buffer in
      guard let query = buffer.baseAddress else { return }
      var index = 0
      while index &+ 4 <= count {
        let next = min(index &+ Self.lead, count &- 4)
        let values = four(
          query, FourRows(base, stride: padded, numbers: numbers + index), padded,
          RowFetch(FourRows(base, stride: padded, numbers: numbers + next)))
        UnsafeMutableRawPointer(sums + index).storeBytes(of: values, as: SIMD4<Float>.self)
        index &+= 4
      }
      while index < count {
        sums[index] = one(query, base + numbers[index] &* padded, padded)
        index &+= 1
      }
    }
  }
}
