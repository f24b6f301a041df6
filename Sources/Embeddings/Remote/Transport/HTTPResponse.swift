// SPDX-License-Identifier: Apache-2.0

/// What a server answered.
struct HTTPResponse: Sendable {
  /// The status, such as 200.
  var status: Int
  /// Values by names in lower case; the last of each name.
  var headers: [String: String]
  /// The body, decompressed. Of an answer that is no success its beginning only.
  var body: [UInt8]
  /// Where a redirect points.
  var redirectURL: String?
}
