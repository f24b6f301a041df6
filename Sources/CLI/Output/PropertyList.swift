// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// An object as lines of `name  value` for people; what is nested is indented.
enum PropertyList {
  /// The lines of an object.
  static func lines(_ object: JSONObject, indent: String = "") -> [String] {
    let width = object.map { $0.key.count }.max() ?? 0
    return object.flatMap { key, value -> [String] in
      let name = TerminalText.printable(key)
      if case .object(let members) = value, !members.isEmpty {
        return [indent + name] + lines(members, indent: indent + "  ")
      }
      let padding = String(repeating: " ", count: max(0, width - key.count) + 2)
      return [indent + name + padding + text(value)]
    }
  }

  private static func text(_ value: JSONValue) -> String {
    TerminalText.printable(value.stringValue ?? value.description)
  }
}
