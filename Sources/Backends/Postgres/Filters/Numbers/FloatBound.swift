// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// Where a number lies among the finite Doubles.
enum FloatBound {
  case below
  case above
  case exactly(Double)
  /// Between this Double and the next one.
  case after(Double)

  init(_ operand: NumberOperand) {
    switch operand {
    case .belowAll: self = .below
    case .aboveAll: self = .above
    case .finite(let finite): self.init(finite.uncut)
    }
  }

  private init(_ number: ExactDecimal) {
    // Rounding may go to infinity from just above the greatest Double.
    let parsed = Double(number.literal) ?? 0
    let nearest = parsed.isFinite ? parsed : Double(signOf: parsed, magnitudeOf: .greatestFiniteMagnitude)
    switch ExactDecimal(exactly: nearest).compared(to: number) {
    case .same: self = .exactly(nearest)
    case .ascending: self = nearest == .greatestFiniteMagnitude ? .above : .after(nearest)
    case .descending: self = nearest == -.greatestFiniteMagnitude ? .below : .after(nearest.nextDown)
    }
  }
}
