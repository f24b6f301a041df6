// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// How large a filter is. Its parts may be compared with every document, so that a large one would keep the store busy
/// for long.
struct FilterSize {
  /// What a part may take in text, on average: patterns and keys are compared letter by letter.
  private static let bytesOfPart = 64

  private(set) var parts = 0
  private(set) var bytes = 0

  init(_ filter: JSONValue) { add(filter) }

  /// Whether it keeps to a number of parts.
  func fits(_ limit: Int) -> Bool { parts <= limit && bytes <= limit * Self.bytesOfPart }

  private mutating func add(_ value: JSONValue) {
    parts += 1
    switch value {
    case .string(let text): bytes += text.utf8.count
    case .array(let elements): for element in elements { add(element) }
    case .object(let object):
      for (key, member) in object {
        bytes += key.utf8.count
        add(member)
      }
    default: break
    }
  }
}
