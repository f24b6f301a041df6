// SPDX-License-Identifier: Apache-2.0

/// What a metric makes of a sum over the numbers of a query and a row.
///
/// A type for each metric, so that a scan is compiled for it: values are made while the next rows are on their way, and
/// cost no time of their own.
protocol Float32Measure {
  /// What is summed.
  associatedtype Term: SumTerm
  /// The metric's value for the sum of a row.
  func value(_ sum: Float, row: Int) -> Float
}

/// Needs the squared norms of both sides.
struct CosineMeasure: Float32Measure {
  typealias Term = ProductTerm
  let squaredNorm: Float
  /// Of each row.
  let squaredNorms: UnsafePointer<Float>

  @inline(__always)
  func value(_ sum: Float, row: Int) -> Float {
    Distance.cosine(dot: sum, squaredNorm: squaredNorm, squaredNorm: squaredNorms[row])
  }
}

struct InnerProductMeasure: Float32Measure {
  typealias Term = ProductTerm

  @inline(__always)
  func value(_ sum: Float, row: Int) -> Float { Distance.negated(dot: sum) }
}

struct EuclideanMeasure: Float32Measure {
  typealias Term = SquareTerm

  @inline(__always)
  func value(_ sum: Float, row: Int) -> Float { sum.squareRoot() }
}

struct TaxicabMeasure: Float32Measure {
  typealias Term = MagnitudeTerm

  @inline(__always)
  func value(_ sum: Float, row: Int) -> Float { sum }
}
