// SPDX-License-Identifier: Apache-2.0

/// The server that was measured, without anything that names it.
struct ServerDescription: Encodable, Sendable {
  /// Such as `PostgreSQL 16.14`.
  let version: String
  /// The version of pgvector.
  let pgvector: String
  /// The settings that matter here, while searching; those of building under `build.`.
  let settings: [String: String]
}
