// SPDX-License-Identifier: Apache-2.0

/// Says what to run for what was chosen.
protocol TuneAdvice {
  /// The lines: statements, settings, commands.
  func lines(_ chosen: TuneTrial, k: Int) -> [String]
}
