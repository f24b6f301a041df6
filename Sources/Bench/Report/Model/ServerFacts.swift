// SPDX-License-Identifier: Apache-2.0

/// The server that an engine is on, as its runner states it.
package struct ServerFacts: Codable, Equatable, Sendable {
  /// Such as `PostgreSQL 16.14`.
  package var version: String
  /// The version of pgvector.
  package var pgvector: String?
  /// The settings that matter.
  package var settings: [String: String]?
}
