// SPDX-License-Identifier: Apache-2.0

import HNSW
import Testing
import VectorStoreTesting

/// Which distances of a pair are right.
@Suite struct AllowedDistancesTests {
  private static let greatest = Float.greatestFiniteMagnitude

  @Test func rightOnesAreWithinTheBoundAndWrongOnesAreNot() throws {
    let (a, b): ([Float], [Float]) = ([1, 2, 3], [4, -5, 6])
    let exact: [(Metric, Double)] = [
      (.l2, 67.0.squareRoot()), (.innerProduct, -12), (.l1, 13), (.cosine, 1 - 12 / (14.0 * 77).squareRoot()),
    ]
    for (metric, value) in exact {
      let allowed = a.allowedDistances(to: b, metric: metric)
      #expect(allowed.contains(value) && allowed.contains(Double(Float(value))))
      #expect((allowed.reference - value).magnitude < 1e-15)
      for wrong in [value * (1 + 1e-5), value * (1 - 1e-5), -value, 0, .nan, .infinity, -.infinity] {
        #expect(!allowed.contains(wrong), "\(metric): \(wrong) in \(allowed)")
      }
    }
  }

  /// n·2⁻²⁴·Σ|terms|, not more: for the product of n pairs.
  @Test func theBoundIsThatOfTheSum() throws {
    let (a, b): ([Float], [Float]) = (
      (0..<100).map { $0 % 2 == 0 ? 3 : -3 }, Array(repeating: 1, count: 100)
    )
    let finite = try #require(a.allowedDistances(to: b, metric: .innerProduct).finite)
    let bound = 100 * 0x1p-24 * 300
    #expect(finite.upperBound >= bound && finite.upperBound <= bound * 1.001)
    #expect(finite.lowerBound <= -bound && finite.lowerBound >= -bound * 1.001)
  }

  @Test func sumsBeyondTheRangeGoByClass() {
    let huge: [Float] = [Self.greatest, Self.greatest]
    let opposite: [Float] = [Self.greatest, -Self.greatest]
    func check(_ a: [Float], _ b: [Float], _ metric: Metric, allowed: [Double], wrong: [Double]) {
      let right = a.allowedDistances(to: b, metric: metric)
      for value in allowed { #expect(right.contains(value), "\(metric): \(value) not in \(right)") }
      for value in wrong { #expect(!right.contains(value), "\(metric): \(value) in \(right)") }
    }
    check(huge, opposite, .l2, allowed: [.infinity], wrong: [-.infinity, .nan, 1e38, 0])
    check(huge, opposite, .l1, allowed: [.infinity], wrong: [-.infinity, .nan, 6.8e38])
    check(huge, huge, .innerProduct, allowed: [-.infinity], wrong: [.infinity, .nan, -1e38])
    // Small terms of the other sign cannot overflow.
    check(huge, [Self.greatest, -1e-30], .innerProduct, allowed: [-.infinity], wrong: [.infinity, .nan])
    // ∞ − ∞, in one order or the other; a finite sum where the terms meet before they overflow.
    check(huge, opposite, .innerProduct, allowed: [.infinity, -.infinity, .nan], wrong: [])
    check(huge, huge, .cosine, allowed: [.nan], wrong: [0, 1, 2, .infinity])
    check(huge, [0.5, 0], .cosine, allowed: [1], wrong: [.infinity, 2, .nan])
    check([1e-30, 0], [1e-30, 0], .cosine, allowed: [.nan], wrong: [.infinity, -0.5, 2.5])
  }

  @Test func aZeroVectorHasNoDirection() {
    let allowed = ([0, 0] as [Float]).allowedDistances(to: [1, 2], metric: .cosine)
    #expect(allowed.allowsNone && allowed.contains(.nan) && !allowed.contains(1) && !allowed.contains(0))
    #expect(!([1, 0] as [Float]).allowedDistances(to: [0, 2], metric: .cosine).allowsNone)
  }

  @Test func otherKindsAreTheSame() throws {
    let (a, b): ([Float], [Float]) = ([0.5, 0, -2, 0], [0, 0, 4, 1])
    for metric in Metric.allCases where !metric.isBinary {
      let dense = a.allowedDistances(to: b, metric: metric)
      #expect(try HalfVector(a).allowedDistances(to: try HalfVector(b), metric: metric) == dense)
      let sparse = try SparseVector(a).allowedDistances(to: try SparseVector(b), metric: metric)
      #expect(sparse.contains(dense.reference) && !sparse.contains(dense.reference + 1e-4))
    }
    let (x, y) = (BitVector([true, true, false, true]), BitVector([true, false, true, true]))
    #expect(x.allowedDistances(to: y, metric: .hamming).contains(2))
    #expect(!x.allowedDistances(to: y, metric: .hamming).contains(2.0001))
    #expect(x.allowedDistances(to: y, metric: .jaccard).contains(0.5))
    #expect(!x.allowedDistances(to: y, metric: .jaccard).contains(0.500001))
  }

  /// The engine keeps to it, also where numbers are extreme.
  @Test func theEngineIsRight() throws {
    var random = SeededGenerator(1)
    let scales: [Float] = [1, Float(bitPattern: 714), 1e-25, 1e19, 2e19, 1e38]
    for dimension in [1, 2, 3, 8, 9, 100, 2_000] {
      for scale in scales {
        for otherScale in scales {
          func vector(_ scale: Float) -> [Float] {
            random.vector(dimension: dimension).map { min(max($0 * scale, -Self.greatest), Self.greatest) }
          }
          let (a, b) = (vector(scale), vector(otherScale))
          for metric in Metric.allCases where !metric.isBinary {
            let value = Double(try Distance.distance(a, b, metric: metric))
            let allowed = a.allowedDistances(to: b, metric: metric)
            #expect(allowed.contains(value), "\(metric), \(dimension) × \(scale), \(otherScale): \(value), \(allowed)")
          }
        }
      }
    }
  }
}
