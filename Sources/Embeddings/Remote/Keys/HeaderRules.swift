// SPDX-License-Identifier: Apache-2.0

internal import VectorStoreCore

/// What may stand in a header (RFC 9110, section 5), so that no value becomes a header of its own.
enum HeaderRules {
  private static let nameSymbols: Set<UInt8> = Set("!#$%&'*+-.^_`|~".utf8)
  /// What libcurl or this module sets.
  private static let ours: Set<String> = [
    "host", "content-length", "content-type", "transfer-encoding", "connection", "expect", "accept-encoding",
  ]

  /// Whether a text is the name of a header.
  static func isName(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: nameSymbols.contains(byte)
        }
      }
  }

  /// Whether a text may be the value of a header: no control characters.
  static func isValue(_ text: String) -> Bool { text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } }

  /// Checks headers that a user gave.
  ///
  /// - Throws: ``VectorStoreError/Code/invalidArgument`` with the name of the header, never its value.
  static func check(_ headers: [String: String]) throws {
    for (name, value) in headers {
      guard isName(name) else { throw VectorStoreError(.invalidArgument, "a header's name is malformed") }
      guard isValue(value) else {
        throw VectorStoreError(
          .invalidArgument, "the value of the header \(name) holds a line break or control character")
      }
      guard !ours.contains(name.lowercased()) else {
        throw VectorStoreError(.invalidArgument, "the header \(name) is set by the client and cannot be given")
      }
    }
  }
}
