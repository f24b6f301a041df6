// SPDX-License-Identifier: Apache-2.0

/// How far vectors are from those of the reference.
enum Closeness {
  /// The largest difference of two numbers at one place; infinite for vectors of different lengths.
  static func difference(_ a: [Float], _ b: [Double]) -> Double {
    guard a.count == b.count else { return .infinity }
    return zip(a, b).map { abs(Double($0) - $1) }.max() ?? 0
  }

  static func cosine(_ a: [Float], _ b: [Double]) -> Double {
    var (product, first, second) = (0.0, 0.0, 0.0)
    for (x, y) in zip(a, b) {
      product += Double(x) * y
      first += Double(x) * Double(x)
      second += y * y
    }
    return product / (first * second).squareRoot()
  }
}
