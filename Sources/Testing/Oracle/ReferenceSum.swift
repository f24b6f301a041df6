// SPDX-License-Identifier: Apache-2.0

/// A sum in Float64, and what a sum of the same terms in Float32 can be.
///
/// With u = 2⁻²⁴ and m terms other than zero, each term rounded r times, adding up in any order is off by no more than
/// γ·Σ|t|, where γ = ku / (1 − ku) and k = m − 1 + r (Higham, *Accuracy and Stability of Numerical Algorithms*, §3.1 and §4.2).
/// Products have r = 1, which makes it n·2⁻²⁴·Σ|t|. Where a product is below Float32's normal numbers it is off by up to 2⁻¹⁵⁰
/// as well; twice that is allowed for each.
struct ReferenceSum {
  private var positive = 0.0
  private var negative = 0.0
  /// The terms other than zero.
  private var count = 0
  /// How many times a term is rounded.
  private let roundings: Int
  /// Whether a term may be smaller than Float32's numbers.
  private let canUnderflow: Bool

  init(roundings: Int, canUnderflow: Bool) {
    (self.roundings, self.canUnderflow) = (roundings, canUnderflow)
  }

  mutating func add(_ term: Double) {
    if term > 0 {
      positive += term
      count += 1
    } else if term < 0 {
      negative -= term
      count += 1
    }
  }

  /// The sum, without a limit.
  var value: Double { positive - negative }

  /// 2⁻²⁴: half the distance of 1 to the next Float.
  static let unit = 0x1p-24
  /// From here on a number rounds to infinity.
  private static let overflow = 0x1p128 - 0x1p103

  /// What Float32 can make of it.
  var range: FloatRange {
    guard count > 0 else { return FloatRange(finite: 0...0) }
    let steps = Double(count - 1 + roundings) * Self.unit
    let gamma = steps / (1 - steps)
    // The Float64 sums are off themselves, by no more than 2⁻²⁷ of the bound.
    let error = gamma * (positive + negative) * (1 + 0x1p-27) + (canUnderflow ? Double(count) * 0x1p-149 : 0)
    let greatest = Double(Float.greatestFiniteMagnitude)
    let (low, high) = (max(value - error, -greatest), min(value + error, greatest))
    // A partial sum overflows by the terms of one sign; where both can, they can meet as NaN.
    let up = Self.overflows(positive, beside: negative, gamma)
    let down = Self.overflows(negative, beside: positive, gamma)
    return FloatRange(
      finite: low <= high ? low...high : nil, positiveInfinity: up, negativeInfinity: down, nan: up && down)
  }

  /// Whether the terms of one sign can reach an infinity: what the others add to the error ends where they overflow themselves.
  private static func overflows(_ terms: Double, beside others: Double, _ gamma: Double) -> Bool {
    terms > 0 && terms + gamma * (terms + min(others, overflow)) >= overflow
  }
}
