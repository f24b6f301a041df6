// SPDX-License-Identifier: Apache-2.0

/// Gives the values of a statement their numbers, from 1; equal values of equal types share one.
struct ParameterNumbering {
  private(set) var parameters: [PGParameter] = []
  private var numbersOfShort: [PGParameter: Int] = [:]
  private var numbersOfLong: [Int] = []

  /// A value of up to this many bytes is found by its hash.
  ///
  /// A vector is compared with the few others of its length instead: hashing its bytes would take a fifth of the client's
  /// processor time for a search.
  private static let shortBytes = 64

  /// The number of a value, a new one where it has none yet.
  mutating func number(of value: PGParameter) -> Int {
    let isLong = value.bytes.map { $0.count > Self.shortBytes } ?? false
    let known = isLong ? numbersOfLong.first { parameters[$0 - 1] == value } : numbersOfShort[value]
    if let known { return known }
    parameters.append(value)
    if isLong { numbersOfLong.append(parameters.count) } else { numbersOfShort[value] = parameters.count }
    return parameters.count
  }
}
