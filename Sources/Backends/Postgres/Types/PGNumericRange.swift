// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// What a `numeric` holds, and so a number in `jsonb`: 131,072 digits before the point and 16,383 after it (PostgreSQL's
/// manual, 8.1.2).
enum PGNumericRange {
  /// Whether a number fits as it is written.
  static func contains(_ number: JSONNumber) -> Bool {
    let parts = number.literal.lowercased().split(separator: "e")
    guard let mantissa = parts.first else { return false }
    var exponent = 0
    if parts.count > 1 {
      // One that is no Int is far beyond.
      guard let given = Int(parts[1]), given.magnitude < 1_000_000 else { return false }
      exponent = given
    }
    let digits = mantissa.drop { $0 == "-" }.split(separator: ".")
    let whole = digits.first.map { $0 == "0" ? 0 : $0.utf8.count } ?? 0
    let fraction = digits.count > 1 ? digits[1].utf8.count : 0
    return whole + exponent <= 131_072 && fraction - exponent <= 16_383
  }
}
