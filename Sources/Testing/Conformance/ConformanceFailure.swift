// SPDX-License-Identifier: Apache-2.0

/// What was expected, and where.
struct ConformanceFailure: Error, CustomStringConvertible {
  let reason: String
  let line: UInt
  let file: String

  var description: String { "\(reason) (\(file):\(line))" }
}

/// The backend does not have what a case is about.
struct ConformanceSkip: Error { let reason: String }
