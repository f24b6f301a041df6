// SPDX-License-Identifier: Apache-2.0

/// A bad input, and what both sides said of it.
struct VerifyRefusal: Encodable, Sendable {
  let input: String
  let type: String
  /// Nil where that side took it.
  let engine: String?
  let pgvector: String?
}
