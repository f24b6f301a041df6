// SPDX-License-Identifier: Apache-2.0

/// A part of the proof, made of cases.
///
/// A case is decided by its seed alone, whatever ran before it.
protocol VerifySuite {
  var name: VerifySuiteName { get }
  /// Whether one case is all there is.
  var isFinite: Bool { get }
  /// Runs a case: compares, and tells the tally.
  mutating func run(seed: UInt64, _ tally: inout VerifyTally) async throws
}

extension VerifySuite {
  var isFinite: Bool { false }
}
