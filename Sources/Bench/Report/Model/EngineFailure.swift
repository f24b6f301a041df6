// SPDX-License-Identifier: Apache-2.0

/// An engine that was left out, or whose request failed.
package struct EngineFailure: Codable, Equatable, Sendable {
  package let engine: String
  /// What was being done: `start`, `round 2`.
  package let during: String
  package let message: String

  package init(engine: String, during: String, message: String) {
    self.engine = engine
    self.during = during
    self.message = message
  }
}
