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
  static func sum1<Term: SumTerm>(
    _ term: Term.Type, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int
  ) -> Float {
    var sum = SIMD8<Float>()
    var index = 0
    while index < count {
      sum = Term.add(load(a, index), load(b, index), to: sum)
      index &+= 8
    }
    return sum.laneSum
  }

  /// Adds the terms of one metric over four rows at once, so that their loads overlap.
  @inline(__always)
  static func sum4<Term: SumTerm>(
    _ term: Term.Type, _ q: UnsafePointer<Float>, _ rows: FourRows<Float>, _ count: Int
  ) -> SIMD4<Float> {
    var sums = FourSums<Term>()
    var index = 0
    while index < count {
      sums.add(load(q, index), rows, index)
      index &+= 8
    }
    return sums.totals
  }

  /// As ``sum4(_:_:_:_:)``, in the same order, while it asks for the lines that the next sums will read.
  @inline(__always)
  static func sum4<Term: SumTerm>(
    _ term: Term.Type, _ q: UnsafePointer<Float>, _ rows: FourRows<Float>, _ count: Int, fetching next: RowFetch
  ) -> SIMD4<Float> {
    var sums = FourSums<Term>()
    var index = 0
    while index &+ 16 <= count {
      next.fetch(index)
      sums.add(load(q, index), rows, index)
      sums.add(load(q, index &+ 8), rows, index &+ 8)
      index &+= 16
    }
    if index < count {
      next.fetch(index)
      sums.add(load(q, index), rows, index)
    }
    return sums.totals
  }

  /// The sums of four rows on their way, eight of each.
  private struct FourSums<Term: SumTerm> {
    private var s0 = SIMD8<Float>()
    private var s1 = SIMD8<Float>()
    private var s2 = SIMD8<Float>()
    private var s3 = SIMD8<Float>()

    @inline(__always)
    init() {}

    @inline(__always)
    mutating func add(_ query: SIMD8<Float>, _ rows: FourRows<Float>, _ index: Int) {
      s0 = Term.add(query, load(rows.r0, index), to: s0)
      s1 = Term.add(query, load(rows.r1, index), to: s1)
      s2 = Term.add(query, load(rows.r2, index), to: s2)
      s3 = Term.add(query, load(rows.r3, index), to: s3)
    }

    @inline(__always)
    var totals: SIMD4<Float> { SIMD4(s0.laneSum, s1.laneSum, s2.laneSum, s3.laneSum) }
  }

  /// Σ aᵢbᵢ.
  static func dot(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int) -> Float {
    sum1(ProductTerm.self, a, b, count)
  }

  /// Σ (aᵢ − bᵢ)².
  static func squaredL2(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int) -> Float {
    sum1(SquareTerm.self, a, b, count)
  }

  /// Σ |aᵢ − bᵢ|.
  static func l1(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int) -> Float {
    sum1(MagnitudeTerm.self, a, b, count)
  }

  static func dot4(_ q: UnsafePointer<Float>, _ rows: FourRows<Float>, _ count: Int) -> SIMD4<Float> {
    sum4(ProductTerm.self, q, rows, count)
  }

  static func squaredL2x4(_ q: UnsafePointer<Float>, _ rows: FourRows<Float>, _ count: Int) -> SIMD4<Float> {
    sum4(SquareTerm.self, q, rows, count)
  }

  static func l1x4(_ q: UnsafePointer<Float>, _ rows: FourRows<Float>, _ count: Int) -> SIMD4<Float> {
    sum4(MagnitudeTerm.self, q, rows, count)
  }
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
