// SPDX-License-Identifier: Apache-2.0

/// Rows of one length, in row order.
package struct Matrix<Element: Sendable>: Sendable {
  /// The number of rows.
  package let count: Int
  /// The number of values in a row.
  package let dimension: Int
  /// All values, `count × dimension` of them, row by row.
  package let values: [Element]

  /// A matrix of `values.count / dimension` rows.
  ///
  /// - Precondition: `dimension` is positive, and `values` are whole rows.
  package init(dimension: Int, values: [Element]) {
    precondition(dimension > 0 && values.count.isMultiple(of: dimension), "a matrix is made of whole rows")
    self.count = values.count / dimension
    self.dimension = dimension
    self.values = values
  }

  /// One row, without a copy.
  ///
  /// - Precondition: `row` is in `0..<count`.
  package subscript(row: Int) -> ArraySlice<Element> {
    values[row * dimension..<(row + 1) * dimension]
  }

  /// A matrix of these rows, in this order.
  ///
  /// - Precondition: each is in `0..<count`.
  package func rows(_ numbers: [Int]) -> Matrix {
    var chosen: [Element] = []
    chosen.reserveCapacity(numbers.count * dimension)
    for row in numbers { chosen += self[row] }
    return Matrix(dimension: dimension, values: chosen)
  }

  /// The matrix of the same shape with every value transformed.
  package func map<Result>(_ transform: (Element) -> Result) -> Matrix<Result> {
    Matrix<Result>(dimension: dimension, values: values.map(transform))
  }
}
