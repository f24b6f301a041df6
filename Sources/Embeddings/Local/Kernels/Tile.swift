// SPDX-License-Identifier: Apache-2.0

/// The part of a product that one kernel keeps in registers: a few rows of two vectors each.
///
/// Written as nested values rather than arrays, because only those end up in registers.
protocol Tile {
  /// What a row is made of.
  associatedtype Vector: Lanes
  /// Rows in the tile.
  static var rows: Int { get }

  /// The tile whose rows begin at `values`, one number a row for all its lanes.
  init(rowValues values: UnsafePointer<Float>)
  /// The tile at `source`, whose rows lie ``Block/columns`` numbers apart.
  init(loading source: UnsafePointer<Float>)
  /// Adds the outer product of a column of `rows` numbers and a row of two vectors.
  mutating func addProduct(_ column: UnsafePointer<Float>, _ left: Vector, _ right: Vector)
  /// Writes the tile to `target`, rows ``Block/columns`` numbers apart.
  func store(_ target: UnsafeMutablePointer<Float>)
}

/// One row of a tile.
struct TileRow<Vector: Lanes> {
  private var left: Vector
  private var right: Vector

  @inline(__always)
  init(value: Float) {
    left = .broadcast(value)
    right = left
  }

  @inline(__always)
  init(loading source: UnsafePointer<Float>) {
    left = .load(source)
    right = .load(source + Vector.width)
  }

  @inline(__always)
  mutating func add(_ factor: Float, _ a: Vector, _ b: Vector) {
    let factors = Vector.broadcast(factor)
    left = Vector.multiplyAdd(factors, a, left)
    right = Vector.multiplyAdd(factors, b, right)
  }

  @inline(__always)
  func store(_ target: UnsafeMutablePointer<Float>) {
    left.store(target)
    right.store(target + Vector.width)
  }
}

/// Two rows of two vectors.
struct TilePair<Vector: Lanes>: Tile {
  private var upper: TileRow<Vector>
  private var lower: TileRow<Vector>

  static var rows: Int { @inline(__always) get { 2 } }

  @inline(__always)
  init(rowValues values: UnsafePointer<Float>) {
    upper = TileRow(value: values[0])
    lower = TileRow(value: values[1])
  }

  @inline(__always)
  init(loading source: UnsafePointer<Float>) {
    upper = TileRow(loading: source)
    lower = TileRow(loading: source + Block.columns)
  }

  @inline(__always)
  mutating func addProduct(_ column: UnsafePointer<Float>, _ left: Vector, _ right: Vector) {
    upper.add(column[0], left, right)
    lower.add(column[1], left, right)
  }

  @inline(__always)
  func store(_ target: UnsafeMutablePointer<Float>) {
    upper.store(target)
    lower.store(target + Block.columns)
  }
}

/// Two tiles, one below the other.
struct StackedTiles<Upper: Tile, Lower: Tile>: Tile where Upper.Vector == Lower.Vector {
  typealias Vector = Upper.Vector

  private var upper: Upper
  private var lower: Lower

  static var rows: Int { @inline(__always) get { Upper.rows &+ Lower.rows } }

  @inline(__always)
  init(rowValues values: UnsafePointer<Float>) {
    upper = Upper(rowValues: values)
    lower = Lower(rowValues: values + Upper.rows)
  }

  @inline(__always)
  init(loading source: UnsafePointer<Float>) {
    upper = Upper(loading: source)
    lower = Lower(loading: source + Upper.rows &* Block.columns)
  }

  @inline(__always)
  mutating func addProduct(_ column: UnsafePointer<Float>, _ left: Vector, _ right: Vector) {
    upper.addProduct(column, left, right)
    lower.addProduct(column + Upper.rows, left, right)
  }

  @inline(__always)
  func store(_ target: UnsafeMutablePointer<Float>) {
    upper.store(target)
    lower.store(target + Upper.rows &* Block.columns)
  }
}

/// 4 rows of 8 columns: eight of the sixteen registers of SSE2.
typealias Tile4x8 = StackedTiles<TilePair<SIMD4<Float>>, TilePair<SIMD4<Float>>>

/// 2 rows of 16 columns: eight registers of SSE2, too, with fewer numbers to spread over lanes.
typealias Tile2x16 = TilePair<SIMD8<Float>>

/// 6 rows of 16 columns: twelve of the sixteen registers of AVX2, or twenty-four of NEON's thirty-two.
typealias Tile6x16 = StackedTiles<StackedTiles<TilePair<SIMD8<Float>>, TilePair<SIMD8<Float>>>, TilePair<SIMD8<Float>>>

/// 12 rows of 32 columns: twenty-four of the thirty-two registers of AVX-512.
typealias Tile12x32 = StackedTiles<Half12x32, Half12x32>

/// Half of ``Tile12x32``.
typealias Half12x32 = StackedTiles<
  StackedTiles<TilePair<SIMD16<Float>>, TilePair<SIMD16<Float>>>, TilePair<SIMD16<Float>>
>
