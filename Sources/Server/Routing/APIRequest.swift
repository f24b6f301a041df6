// SPDX-License-Identifier: Apache-2.0

import HTTPTypes

/// A request as a route's handler sees it.
struct APIRequest: Sendable {
  let headers: HTTPFields
  /// The path as it was sent.
  let path: String
  /// What of the path the route leaves open: the id of a document, still encoded.
  let rest: String
  /// What follows the `?`.
  let query: QueryParameters
  /// All bytes of the body.
  let body: [UInt8]

  /// The id of a document in the path.
  ///
  /// - Throws: ``Problem`` for a broken escape and for bytes that are not UTF-8.
  func documentID() throws -> String {
    guard let id = PercentDecoding.decode(rest) else {
      throw Problem(.invalidPath, "the id in the path holds a broken escape, or is not UTF-8")
    }
    return id
  }
}
