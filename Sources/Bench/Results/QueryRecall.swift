// SPDX-License-Identifier: Apache-2.0

/// The recall of one query.
package struct QueryRecall: Encodable, Equatable, Sendable {
  /// The number of the query, from 0.
  package let query: Int
  /// The share of its true neighbours found.
  package let recall: Double
}
