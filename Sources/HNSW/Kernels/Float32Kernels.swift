// SPDX-License-Identifier: Apache-2.0

/// Sums over Float32 rows: the terms of the dense metrics.
///
/// Rows and queries are padded with zeros to a multiple of ``Float32Kernels/lane`` numbers, which adds nothing to any
/// of the sums. Eight accumulators a row keep the error near n/8 · 2⁻²⁴ · Σ|terms|, below the bound n · 2⁻²⁴ · Σ|terms|
/// of one accumulator (Higham, *Accuracy and Stability of Numerical Algorithms*, §4.2).
enum Float32Kernels {
  /// Rows are padded to a multiple of this many numbers.
  static let lane = 8

  @inline(__always)
  static func padded(_ dimension: Int) -> Int { (dimension &+ (lane &- 1)) & ~(lane &- 1) }

  /// The vector with zeros behind it, as the kernels read it.
  static func padded(_ vector: [Float]) -> [Float] {
    let missing = padded(vector.count) - vector.count
    return missing == 0 ? vector : vector + repeatElement(0, count: missing)
  }

  @inline(__always)
  private static func load(_ pointer: UnsafePointer<Float>, _ index: Int) -> SIMD8<Float> {
    UnsafeRawPointer(pointer + index).loadUnaligned(as: SIMD8<Float>.self)
  }

  /// Adds the terms of one metric over a row, in the same order as ``sum4(_:_:_:_:)``: equal rows have equal sums.
  @inline(__always)
  private static func sum1(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int,
    _ step: (SIMD8<Float>, SIMD8<Float>, SIMD8<Float>) -> SIMD8<Float>
  ) -> Float {
    var sum = SIMD8<Float>()
    var index = 0
    while index < count {
      sum = step(load(a, index), load(b, index), sum)
      index &+= 8
    }
    return sum.laneSum
  }

  /// Adds the terms of one metric over four rows at once, so that their loads overlap.
  @inline(__always)
  private static func sum4(
    _ q: UnsafePointer<Float>, _ rows: FourRows<Float>, _ count: Int,
    _ step: (SIMD8<Float>, SIMD8<Float>, SIMD8<Float>) -> SIMD8<Float>
  ) -> SIMD4<Float> {
    var s0 = SIMD8<Float>()
    var s1 = SIMD8<Float>()
    var s2 = SIMD8<Float>()
    var s3 = SIMD8<Float>()
    var index = 0
    while index < count {
      let query = load(q, index)
      s0 = step(query, load(rows.r0, index), s0)
      s1 = step(query, load(rows.r1, index), s1)
      s2 = step(query, load(rows.r2, index), s2)
      s3 = step(query, load(rows.r3, index), s3)
      index &+= 8
    }
    return SIMD4(s0.laneSum, s1.laneSum, s2.laneSum, s3.laneSum)
  }

  /// As ``sum4(_:_:_:_:)``, in the same order, while it asks for the lines that the next sums will read.
  @inline(__always)
  private static func sum4(
    _ q: UnsafePointer<Float>, _ rows: FourRows<Float>, _ count: Int, fetching next: RowFetch,
    _ step: (SIMD8<Float>, SIMD8<Float>, SIMD8<Float>) -> SIMD8<Float>
  ) -> SIMD4<Float> {
    var s0 = SIMD8<Float>()
    var s1 = SIMD8<Float>()
    var s2 = SIMD8<Float>()
    var s3 = SIMD8<Float>()
    func add(_ index: Int) {
      let query = load(q, index)
      s0 = step(query, load(rows.r0, index), s0)
      s1 = step(query, load(rows.r1, index), s1)
      s2 = step(query, load(rows.r2, index), s2)
      s3 = step(query, load(rows.r3, index), s3)
    }
    var index = 0
    while index &+ 16 <= count {
      next.fetch(index)
      add(index)
      add(index &+ 8)
      index &+= 16
    }
    if index < count {
      next.fetch(index)
      add(index)
    }
    return SIMD4(s0.laneSum, s1.laneSum, s2.laneSum, s3.laneSum)
  }

  @inline(__always)
  private static func squareStep(_ a: SIMD8<Float>, _ b: SIMD8<Float>, _ sum: SIMD8<Float>) -> SIMD8<Float> {
    let difference = a - b
    return multiplyAdd(difference, difference, sum)
  }

  @inline(__always)
  private static func magnitudeStep(_ a: SIMD8<Float>, _ b: SIMD8<Float>, _ sum: SIMD8<Float>) -> SIMD8<Float> {
    sum + magnitudes(a - b)
  }

  /// Σ aᵢbᵢ.
  static func dot(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int) -> Float {
    sum1(a, b, count, multiplyAdd)
  }

  /// Σ (aᵢ − bᵢ)².
  static func squaredL2(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int) -> Float {
    sum1(a, b, count, squareStep)
  }

  /// Σ |aᵢ − bᵢ|.
  static func l1(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int) -> Float {
    sum1(a, b, count, magnitudeStep)
  }

  static func dot4(_ q: UnsafePointer<Float>, _ rows: FourRows<Float>, _ count: Int) -> SIMD4<Float> {
    sum4(q, rows, count, multiplyAdd)
  }

  static func squaredL2x4(_ q: UnsafePointer<Float>, _ rows: FourRows<Float>, _ count: Int) -> SIMD4<Float> {
    sum4(q, rows, count, squareStep)
  }

  static func l1x4(_ q: UnsafePointer<Float>, _ rows: FourRows<Float>, _ count: Int) -> SIMD4<Float> {
    sum4(q, rows, count, magnitudeStep)
  }

  static func dot4(
    _ q: UnsafePointer<Float>, _ rows: FourRows<Float>, _ count: Int, fetching next: RowFetch
  ) -> SIMD4<Float> { sum4(q, rows, count, fetching: next, multiplyAdd) }

  static func squaredL2x4(
    _ q: UnsafePointer<Float>, _ rows: FourRows<Float>, _ count: Int, fetching next: RowFetch
  ) -> SIMD4<Float> { sum4(q, rows, count, fetching: next, squareStep) }

  static func l1x4(
    _ q: UnsafePointer<Float>, _ rows: FourRows<Float>, _ count: Int, fetching next: RowFetch
  ) -> SIMD4<Float> { sum4(q, rows, count, fetching: next, magnitudeStep) }
}

/// Pointers to four rows that a kernel reads side by side.
struct FourRows<Element> {
  let r0: UnsafePointer<Element>
  let r1: UnsafePointer<Element>
  let r2: UnsafePointer<Element>
  let r3: UnsafePointer<Element>

  /// Four rows of `stride` elements, one after another.
  @inline(__always)
  init(following first: UnsafePointer<Element>, stride: Int) {
    r0 = first
    r1 = first + stride
    r2 = first + 2 &* stride
    r3 = first + 3 &* stride
  }

  /// The four rows of these numbers in an array of rows of `stride` elements.
  @inline(__always)
  init(_ base: UnsafePointer<Element>, stride: Int, numbers: UnsafePointer<Int>) {
    r0 = base + numbers[0] &* stride
    r1 = base + numbers[1] &* stride
    r2 = base + numbers[2] &* stride
    r3 = base + numbers[3] &* stride
  }

  /// The rows of four slots in an array of rows of `stride` elements.
  @inline(__always)
  init(_ base: UnsafePointer<Element>, stride: Int, slots: UnsafePointer<UInt32>) {
    r0 = base + Int(slots[0]) &* stride
    r1 = base + Int(slots[1]) &* stride
    r2 = base + Int(slots[2]) &* stride
    r3 = base + Int(slots[3]) &* stride
  }
}
