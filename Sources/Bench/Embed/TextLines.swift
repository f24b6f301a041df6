// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Texts in a file, a JSON string a line.
enum TextLines {
  static func read(_ path: String) throws -> [String] {
    let decoder = JSONDecoder()
    return try Data(contentsOf: URL(fileURLWithPath: path)).split(separator: UInt8(ascii: "\n")).map {
      try decoder.decode(String.self, from: $0)
    }
  }
}
