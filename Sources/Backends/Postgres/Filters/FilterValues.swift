// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// The values of a list by what they compare with, each once.
struct FilterValues {
  /// Strings that a stored one can equal: without NUL.
  private(set) var strings: [String] = []
  /// Whether there are strings at all.
  private(set) var hasStrings = false
  private(set) var bools: Set<Bool> = []
  /// Microseconds since 1970.
  private(set) var dates: [Int64] = []
  private(set) var numbers: [NumberOperand] = []
  /// Whether there is a NaN, to which nothing compares.
  private(set) var hasNaN = false

  /// Whether all are numbers that stored numbers compare with.
  var hasNumbersOnly: Bool { !hasStrings && bools.isEmpty && dates.isEmpty && !hasNaN }

  init(_ values: [FilterValue]) {
    for value in Set(values) {
      switch value {
      case .string(let string):
        hasStrings = true
        if !string.utf8.contains(0) { strings.append(string) }
      case .bool(let value): bools.insert(value)
      case .date(let date): dates.append(date.microseconds)
      default:
        if let number = NumberOperand(value) { numbers.append(number) } else { hasNaN = true }
      }
    }
    // In order, so that one list has one statement.
    strings.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    dates.sort()
  }
}

extension Array {
  /// The element, where there is no other.
  var onlyElement: Element? { count == 1 ? first : nil }
}
