// SPDX-License-Identifier: Apache-2.0

import HNSW
import Testing

/// The distance of one pair, by pgvector's conventions.
@Suite("Distances")
struct DistanceTests {
  private static let metrics = Metric.allCases.filter { !$0.isBinary }
  private static let dimensions = Array(1...70) + [384, 768, 1_000, 16_000]

  /// A pair that points roughly one way, so that no metric's value drowns in rounding.
  private static func pair(_ dimension: Int, _ generator: inout SeededGenerator) -> ([Float], [Float]) {
    let a = (0..<dimension).map { _ in Float(generator.normal() + 0.5) }
    return (a, a.map { $0 + Float(generator.normal()) })
  }

  /// What adding up in eight Float32 lanes may cost: n/8 roundings of the sum of magnitudes, and a few for the combination.
  private static func tolerance(_ a: [Float], _ b: [Float], _ metric: Metric) -> Double {
    let products = zip(a, b).reduce(0) { $0 + (Double($1.0) * Double($1.1)).magnitude }
    let lengths = (a.reduce(0) { $0 + Double($1) * Double($1) } * b.reduce(0) { $0 + Double($1) * Double($1) })
      .squareRoot()
    let scale =
      switch metric {
      case .cosine: 2 + products / lengths
      case .innerProduct: products
      default: ReferenceDistance.between(.floats(a), .floats(b), metric) ?? 0
      }
    return Double(a.count / 8 + 16) * 0x1p-24 * scale
  }

  @Test(arguments: metrics) func areThoseOfFloat64(metric: Metric) throws {
    var generator = SeededGenerator(1)
    for dimension in Self.dimensions {
      let (a, b) = Self.pair(dimension, &generator)
      let exact = try #require(ReferenceDistance.between(.floats(a), .floats(b), metric))
      let value = Double(try Distance.distance(a, b, metric: metric))
      #expect((value - exact).magnitude <= Self.tolerance(a, b, metric), "\(dimension) dimensions: \(value), \(exact)")
    }
  }

  @Test(arguments: metrics) func areTheSameBothWays(metric: Metric) throws {
    var generator = SeededGenerator(2)
    for dimension in Self.dimensions {
      let (a, b) = Self.pair(dimension, &generator)
      #expect(try Distance.distance(a, b, metric: metric) == Distance.distance(b, a, metric: metric))
    }
  }

  @Test(arguments: [Metric.l2, .l1, .cosine]) func fromAVectorToItselfAreZero(metric: Metric) throws {
    var generator = SeededGenerator(3)
    for dimension in Self.dimensions {
      let (a, _) = Self.pair(dimension, &generator)
      #expect(try Distance.distance(a, a, metric: metric) == 0)
    }
  }

  /// Values that pgvector's own regression tests give.
  @Test(
    arguments: [
      ([0, 0], [3, 4], .l2, 5), ([0, 0], [0, 1], .l2, 1), ([1, 2], [3, 4], .innerProduct, -11),
      ([1, 2], [2, 4], .cosine, 0), ([1, 1], [1, 1], .cosine, 0), ([1, 0], [0, 2], .cosine, 1),
      ([1, 1], [-1, -1], .cosine, 2), ([1, 1], [1.1, 1.1], .cosine, 0), ([1, 1], [-1.1, -1.1], .cosine, 2),
      ([0, 0], [3, 4], .l1, 7), ([0, 0], [0, 1], .l1, 1), ([1, 2, 3], [1, 2, 5], .l1, 2),
      ([3e38], [-3e38], .l2, .infinity), ([3e38], [3e38], .innerProduct, -.infinity), ([3e38], [-3e38], .l1, .infinity),
    ] as [([Float], [Float], Metric, Float)])
  func arePgvectors(a: [Float], b: [Float], metric: Metric, value: Float) throws {
    #expect(try Distance.distance(a, b, metric: metric) == value)
  }

  @Test(
    arguments: [
      ([1, 2], [0, 0]), ([0, 0], [1, 2]), ([0, 0], [0, 0]), ([-0.0], [1]),
      // Both sums overflow, or all underflow, in Float32.
      ([3e38], [3e38]), ([1e20, 0], [1e20, 0]), ([1e-30, 1e-30], [1e-30, 1e-30]),
    ] as [([Float], [Float])])
  func cosineOfANormOfZeroIsNone(a: [Float], b: [Float]) throws {
    #expect(try Distance.distance(a, b, metric: .cosine).isNaN)
  }

  @Test func hugeAndTinyNumbersFollowFloat32() throws {
    // One squared norm overflows: the similarity is 0.
    #expect(try Distance.distance([1e20, 0], [0, 1], metric: .cosine) == 1)
    // One squared norm underflows, the product does not: the similarity is infinite, and clamped.
    #expect(try Distance.distance([1e-30, 0], [1, 1], metric: .cosine) == 0)
    #expect(try Distance.distance([-1e-30, 0], [1, 1], metric: .cosine) == 2)
    // Infinities of both signs meet.
    #expect(try Distance.distance([3e38, 3e38], [3e38, -3e38], metric: .innerProduct).isNaN)
    // Squares of tiny differences are lost, their magnitudes are not.
    #expect(try Distance.distance([1e-30], [0], metric: .l2) == 0)
    #expect(try Distance.distance([1e-30], [0], metric: .l1) == 1e-30)
    #expect(try Distance.distance([.leastNonzeroMagnitude], [0], metric: .l1) == .leastNonzeroMagnitude)
    for scale: Float in [1e-15, 1e-9, 1e9, 1e15] {
      let value = try Distance.distance([scale, 0], [scale, scale], metric: .cosine)
      #expect((value - 0.29289323).magnitude < 1e-6)
    }
  }

  @Test func zeroHasNoSign() throws {
    for (a, b) in [([1, 0], [0, 1]), ([-1, 0], [0, 1]), ([0], [-0.0]), ([1, 1], [1, -1])] as [([Float], [Float])] {
      let value = try Distance.distance(a, b, metric: .innerProduct)
      #expect(value == 0 && value.sign == .plus)
    }
  }

  // MARK: Bits

  @Test(
    arguments: [
      ("111", "111", .hamming, 0), ("111", "110", .hamming, 1), ("111", "100", .hamming, 2),
      ("111", "000", .hamming, 3),
      ("1111", "1111", .jaccard, 0), ("1111", "1110", .jaccard, 0.25), ("1111", "1100", .jaccard, 0.5),
      ("1111", "1000", .jaccard, 0.75), ("1111", "0000", .jaccard, 1), ("1100", "1000", .jaccard, 0.5),
      ("1100", "0011", .jaccard, 1), ("0000", "0000", .jaccard, 1), ("0", "0", .hamming, 0),
    ] as [(String, String, Metric, Float)])
  func ofBitsArePgvectors(a: String, b: String, metric: Metric, value: Float) throws {
    let (left, right) = (try #require(BitVector(a)), try #require(BitVector(b)))
    #expect(try Distance.distance(left, right, metric: metric) == value)
    #expect(try Distance.distance(right, left, metric: metric) == value)
  }

  @Test(arguments: [Metric.hamming, .jaccard]) func ofBitsAreThoseOfALoop(metric: Metric) throws {
    var generator = SeededGenerator(4)
    for count in Array(1...70) + [127, 128, 129, 1_000, 64_000, 100_003] {
      let a = (0..<count).map { _ in generator.oneIn(3) }
      let b = (0..<count).map { _ in generator.oneIn(2) }
      let differing = zip(a, b).count { $0 != $1 }
      let (both, either) = (zip(a, b).count { $0 && $1 }, zip(a, b).count { $0 || $1 })
      let value = try Distance.distance(BitVector(a), BitVector(b), metric: metric)
      if metric == .hamming {
        #expect(value == Float(differing))
      } else {
        #expect(value == (both == 0 ? 1 : Float(1 - Double(both) / Double(either))))
      }
    }
  }

  // MARK: Errors

  @Test(
    arguments: [
      ([1, 2], [1, 2, 3], .l2, .dimensionMismatch, "different vector dimensions 2 and 3"),
      ([], [1], .cosine, .invalidDimension, "vector must have at least 1 dimension"),
      ([1], [], .cosine, .invalidDimension, "vector must have at least 1 dimension"),
      ([], [], .l1, .invalidDimension, "vector must have at least 1 dimension"),
      ([1, .nan], [1, 2], .innerProduct, .notFinite, "NaN not allowed in vector"),
      ([1, 2], [.nan, 2], .l1, .notFinite, "NaN not allowed in vector"),
      ([.infinity, 2], [1, 2], .l2, .notFinite, "infinite value not allowed in vector"),
      ([1, 2], [1, -.infinity], .cosine, .notFinite, "infinite value not allowed in vector"),
      ([1], [1], .hamming, .metricMismatch, "hamming"), ([1], [1], .jaccard, .metricMismatch, "jaccard"),
    ] as [([Float], [Float], Metric, VectorIndexError.Code, String)])
  func refuseWhatPgvectorRefuses(
    a: [Float], b: [Float], metric: Metric, code: VectorIndexError.Code, message: String
  ) throws {
    let error = try #require(throws: VectorIndexError.self) { try Distance.distance(a, b, metric: metric) }
    #expect(error.code == code)
    #expect(error.message.contains(message))
  }

  @Test(arguments: metrics) func refuseMoreThan16000Dimensions(metric: Metric) {
    let vector = [Float](repeating: 1, count: 16_001)
    expectError(.invalidDimension) { try Distance.distance(vector, vector, metric: metric) }
  }

  /// Wherever a NaN stands, it is found, and its place is named.
  @Test func findEveryNumberThatIsNotFinite() throws {
    for dimension in 1...40 {
      for position in 0..<dimension {
        var vector = [Float](repeating: 1, count: dimension)
        vector[position] = position.isMultiple(of: 2) ? .nan : .infinity
        let good = [Float](repeating: 1, count: dimension)
        let error = try #require(throws: VectorIndexError.self) { try Distance.distance(good, vector, metric: .l2) }
        #expect(error.code == .notFinite)
        #expect(error.message.contains("element \(position)"))
      }
    }
  }

  @Test func ofBitsRefuseWhatDoesNotFit() throws {
    let three = try #require(BitVector("101"))
    let four = try #require(BitVector("1010"))
    for metric in Self.metrics { expectError(.metricMismatch) { try Distance.distance(three, three, metric: metric) } }
    for metric in [Metric.hamming, .jaccard] {
      expectError(.dimensionMismatch) { try Distance.distance(three, four, metric: metric) }
      expectError(.invalidDimension) { try Distance.distance(BitVector([]), BitVector([]), metric: metric) }
    }
  }
}
