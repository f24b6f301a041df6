// SPDX-License-Identifier: Apache-2.0

/// Which distances are right for a pair of vectors, by whatever order and instructions Float32 sums were made.
///
/// The distance is computed in Float64. From it a sum in Float32 may differ by n·2⁻²⁴·Σ|terms|, and what follows from the sum by
/// what follows from its bounds. Where Float32's range ends, the classes count: which infinities are possible, and NaN.
public struct AllowedDistances: Sendable, Hashable, CustomStringConvertible {
  /// The distance in Float64; NaN where there is none.
  public let reference: Double
  let range: FloatRange

  init(reference: Double, range: FloatRange) {
    (self.reference, self.range) = (reference, range)
  }

  /// What follows from counts, which nothing rounds but the answer itself.
  static func counted(_ value: Double) -> AllowedDistances {
    AllowedDistances(reference: value, range: FloatRange(finite: value...value).rounded)
  }

  /// Whether a distance is right.
  public func contains(_ distance: Double) -> Bool { range.contains(distance) }

  /// The finite distances that are right.
  public var finite: ClosedRange<Double>? { range.finite }

  /// Whether it is right that there is no distance.
  public var allowsNone: Bool { range.nan }

  /// Whether it is right that there is one.
  var allowsSome: Bool { range.lowest != nil }

  /// The range, such as `0.2500001…0.2500009 or NaN`.
  public var description: String {
    var parts: [String] = []
    if let finite { parts.append("\(finite.lowerBound)…\(finite.upperBound)") }
    if range.positiveInfinity { parts.append("∞") }
    if range.negativeInfinity { parts.append("-∞") }
    if range.nan { parts.append("NaN") }
    return "\(parts.joined(separator: " or ")) (in Float64 \(reference))"
  }
}
