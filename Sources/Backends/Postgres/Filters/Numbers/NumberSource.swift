// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// A stored decimal number.
struct NumberSource {
  /// The number as numeric; NULL where it is missing or none.
  let number: SQLText
  /// Whether it is written with a point or exponent. Only asked where the number is known to be a certain one.
  let isWrittenAsDouble: SQLText

  func compare(_ comparison: Filter.Comparison, _ operand: NumberOperand) -> SQLText {
    switch operand {
    case .belowAll: return constant(comparison.isTrue(.descending))
    case .aboveAll: return constant(comparison.isTrue(.ascending))
    case .finite(let finite):
      let plain = compare(comparison, finite)
      guard let exception = finite.exception else { return plain }
      let truth: SQLText = comparison.isTrue(exception.order) ? "TRUE" : "FALSE"
      let isException: SQLText = "\(number) = \(bind: .numeric(exception.decimal))"
      guard exception.isWhole else { return "CASE WHEN \(isException) THEN \(truth) ELSE \(plain) END" }
      return "CASE WHEN CASE WHEN \(isException) THEN \(isWrittenAsDouble) END THEN \(truth) ELSE \(plain) END"
    }
  }

  private func compare(_ comparison: Filter.Comparison, _ finite: NumberOperand.Finite) -> SQLText {
    let value = PGParameter.numeric(finite.value)
    switch (finite.rest, comparison) {
    case (.same, _): return "\(number) \(comparison.sql) \(bind: value)"
    case (_, .equal): return constant(false)
    case (_, .notEqual): return constant(true)
    // The number lies between the value and its neighbours.
    case (.descending, .less), (.descending, .lessOrEqual): return "\(number) <= \(bind: value)"
    case (.descending, _): return "\(number) > \(bind: value)"
    case (.ascending, .less), (.ascending, .lessOrEqual): return "\(number) < \(bind: value)"
    case (.ascending, _): return "\(number) >= \(bind: value)"
    }
  }

  private func constant(_ value: Bool) -> SQLText { value ? "\(number) IS NOT NULL" : "FALSE" }
}
