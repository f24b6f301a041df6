// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// The key that a request must carry, kept as its SHA-256 hash. It is in no description.
public struct APIKey: Sendable, CustomStringConvertible, CustomReflectable {
  private let hash: [UInt8]

  /// A key of this text.
  public init(_ text: String) { hash = Self.hash(text) }

  /// Whether a text is the key. How long it takes does not depend on where they differ.
  public func matches(_ text: String) -> Bool {
    var difference: UInt8 = 0
    for (a, b) in zip(hash, Self.hash(text)) { difference |= a ^ b }
    return difference == 0
  }

  private static func hash(_ text: String) -> [UInt8] {
    var hash = ContentHash()
    hash.update(text)
    return hash.bytes
  }

  /// Not the key.
  public var description: String { "an API key" }
  /// Not the key.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
