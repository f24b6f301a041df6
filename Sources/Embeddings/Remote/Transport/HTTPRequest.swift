// SPDX-License-Identifier: Apache-2.0

/// A POST.
struct HTTPRequest: Sendable {
  /// The whole URL, with what is secret in it.
  var url: ServerURL
  /// Names and values, checked by ``HeaderRules``.
  var headers: [(name: String, value: String)]
  /// What is sent.
  var body: [UInt8]
  /// The most bytes that an answer may have once it is decompressed.
  var maxResponseBytes: Int
}
