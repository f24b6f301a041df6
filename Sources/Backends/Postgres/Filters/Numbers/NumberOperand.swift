// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// A number of a filter, prepared for comparison with stored decimals.
///
/// A stored decimal with a point or exponent stands for the Double whose shortest decimal it is, if it is one's: 0.1 for
/// 0.1000000000000000055…; any other decimal for itself. Almost always comparing the decimals gives what comparing the Doubles
/// gives. The exceptions, at most one for a number, are listed.
enum NumberOperand {
  /// Less than any number that the server holds: −∞ or a decimal beyond its range.
  case belowAll
  /// Greater than any.
  case aboveAll
  case finite(Finite)

  struct Finite {
    /// The exact number; without its digits beyond the server's scale.
    var value: ExactDecimal
    /// How the number stands to ``value`` where digits were cut off.
    var rest: Ordering
    /// The number itself.
    var uncut: ExactDecimal
    /// A decimal that as a Double stands to the number otherwise than as a decimal.
    var exception: Exception?
  }

  struct Exception {
    var decimal: ExactDecimal
    /// How the stored Double stands to the number.
    var order: Ordering
    /// Whether the decimal is also written as an integer, which stands for itself: then the stored text has to be looked at.
    var isWhole: Bool { decimal.digits.count <= decimal.exponent }
  }

  /// Nil for a NaN and for what is no number.
  init?(_ value: FilterValue) {
    switch value {
    case .integer(let integer): self.init(ExactDecimal(literal: String(integer)))
    case .number(let number): self.init(ExactDecimal(literal: number.literal))
    case .double(let double) where double.isFinite: self.init(ExactDecimal(exactly: double))
    case .double(let double) where double.isInfinite: self = double < 0 ? .belowAll : .aboveAll
    default: return nil
    }
  }

  private init(_ number: ExactDecimal) {
    guard number.exponent <= PGNumeric.integerDigitLimit else {
      self = number.isNegative ? .belowAll : .aboveAll
      return
    }
    let kept = number.exponent + PGNumeric.scaleLimit
    guard number.digits.count > kept else {
      self = .finite(Finite(value: number, rest: .same, uncut: number, exception: Self.exception(for: number)))
      return
    }
    let cut = ExactDecimal(
      isNegative: number.isNegative, digits: Array(number.digits.prefix(max(kept, 0))), exponent: number.exponent)
    self = .finite(
      Finite(
        value: cut, rest: number.isNegative ? .ascending : .descending, uncut: number,
        exception: Self.exception(for: number)))
  }

  private static func exception(for number: ExactDecimal) -> Exception? {
    // Integers of so few digits are Doubles whose shortest decimal is themselves.
    if number.digits.count <= number.exponent, number.exponent <= 15 { return nil }
    guard let nearest = Double(number.literal), nearest.isFinite else { return nil }
    let order = ExactDecimal(exactly: nearest).compared(to: number)
    switch order {
    case .same:
      let short = shortest(nearest)
      return short == number ? nil : Exception(decimal: short, order: .same)
    // Of the Doubles beside the number the decimal may lie on its other side, or be the number.
    case .ascending: return misplaced([(nearest, .ascending), (nearest.nextUp, .descending)], number)
    case .descending: return misplaced([(nearest, .descending), (nearest.nextDown, .ascending)], number)
    }
  }

  private static func misplaced(_ neighbours: [(Double, Ordering)], _ number: ExactDecimal) -> Exception? {
    for (neighbour, order) in neighbours where neighbour.isFinite {
      let short = shortest(neighbour)
      if short.compared(to: number) != order { return Exception(decimal: short, order: order) }
    }
    return nil
  }

  private static func shortest(_ double: Double) -> ExactDecimal { ExactDecimal(literal: double.description) }
}
