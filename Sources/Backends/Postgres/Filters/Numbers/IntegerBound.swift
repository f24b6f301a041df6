// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// Where a number lies among the integers of 64 bits.
enum IntegerBound {
  case below
  case above
  case exactly(Int64)
  /// Between this integer and the next one.
  case after(Int64)

  init(_ operand: NumberOperand) {
    switch operand {
    case .belowAll: self = .below
    case .aboveAll: self = .above
    case .finite(let finite): self.init(finite.uncut)
    }
  }

  private init(_ number: ExactDecimal) {
    let whole = max(number.exponent, 0)
    guard whole <= 19 else {
      self = number.isNegative ? .below : .above
      return
    }
    let digits = number.digits.prefix(whole) + Array(repeating: 0, count: max(0, whole - number.digits.count))
    // 19 digits are below 2^64.
    let magnitude = digits.reduce(UInt64(0)) { $0 * 10 + UInt64($1) }
    let isWhole = number.digits.count <= whole
    if number.isNegative {
      let floor = magnitude + (isWhole ? 0 : 1)
      guard floor <= Int64.min.magnitude else {
        self = .below
        return
      }
      let value = floor == Int64.min.magnitude ? Int64.min : -Int64(floor)
      self = isWhole ? .exactly(value) : .after(value)
    } else if let value = Int64(exactly: magnitude) {
      self = isWhole ? .exactly(value) : .after(value)
    } else {
      self = .above
    }
  }
}
