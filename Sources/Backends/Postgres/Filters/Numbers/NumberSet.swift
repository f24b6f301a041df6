// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// The stored decimals that equal one of some numbers.
struct NumberSet {
  /// Those that do however they are written.
  private(set) var decimals: [ExactDecimal] = []
  /// Whole numbers that do where they are written with a point or exponent.
  private(set) var asDoubles: [ExactDecimal] = []
  /// Whole numbers that do where they are not.
  private(set) var asIntegers: [ExactDecimal] = []

  init(_ operands: [NumberOperand]) {
    for case .finite(let finite) in operands {
      let exception = finite.exception
      if finite.rest == .same {
        if let exception, exception.decimal == finite.value, exception.order != .same {
          // Never a fraction: the decimal of a Double always stands for it, and would be read as it.
          asIntegers.append(finite.value)
        } else {
          decimals.append(finite.value)
        }
      }
      if let exception, exception.order == .same {
        if exception.isWhole { asDoubles.append(exception.decimal) } else { decimals.append(exception.decimal) }
      }
    }
  }

  /// Whether how a number is written plays no role.
  var isPlain: Bool { asDoubles.isEmpty && asIntegers.isEmpty }
}
