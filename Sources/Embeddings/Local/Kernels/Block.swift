// SPDX-License-Identifier: Apache-2.0

/// The unit that products are made in: 12 rows of 32 columns, which tiles of every shape divide.
///
/// Activations lie *feature by feature*: a panel holds ``columns`` tokens, and its rows are features. So a weight is
/// what is broadcast and tokens are what fills a vector's lanes; every step of a transformer then reads and writes
/// panels as they are, sums over features need no horizontal additions, and nothing is ever packed but the weights, once.
enum Block {
  /// Rows: output features, or keys in attention.
  static let rows = 12
  /// Columns: tokens.
  static let columns = 32

  /// `count` rounded up to whole blocks of rows.
  @inline(__always)
  static func paddedRows(_ count: Int) -> Int { (count &+ rows &- 1) / rows &* rows }

  /// Panels that hold `count` tokens.
  @inline(__always)
  static func panels(_ count: Int) -> Int { (count &+ columns &- 1) / columns }

  /// One block of a product, C = start + A·B.
  ///
  /// Every element is summed in the order of `depth` whatever the tile's shape, so all shapes give equal results.
  ///
  /// - Parameters:
  ///   - a: `depth` columns of 12 numbers, `aStride` numbers from one to the next.
  ///   - b: `depth` rows of 32 numbers.
  ///   - c: 12 rows of 32 numbers.
  ///   - start: 12 numbers that the rows begin with; nil continues what is in `c`.
  @inline(__always)
  static func multiply<T: Tile>(
    _ tile: T.Type, a: UnsafePointer<Float>, aStride: Int, b: UnsafePointer<Float>, depth: Int,
    c: UnsafeMutablePointer<Float>, start: UnsafePointer<Float>?
  ) {
    var column = 0
    while column < columns {
      var row = 0
      while row < rows {
        let target = c + (row &* columns &+ column)
        var sums = start.map { T(rowValues: $0 + row) } ?? T(loading: target)
        var left = a + row
        var right = b + column
        for _ in 0..<depth {
          sums.addProduct(left, T.Vector.load(right), T.Vector.load(right + T.Vector.width))
          left += aStride
          right += columns
        }
        sums.store(target)
        row &+= T.rows
      }
      column &+= 2 &* T.Vector.width
    }
  }
}
