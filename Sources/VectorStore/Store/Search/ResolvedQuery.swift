// SPDX-License-Identifier: Apache-2.0

/// A query whose vector is known.
struct ResolvedQuery: Sendable {
  var vector: [Float]
  /// The words, where the query is a text.
  var text: String?
  /// The document that the query is like, which is not in the answer.
  var excludedID: String?
}
