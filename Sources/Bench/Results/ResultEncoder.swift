// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Results as JSON: keys sorted, one line for a reply, indented for a file.
enum ResultEncoder {
  /// `value` on one line, with its end.
  static func line(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(value) + Data("\n".utf8)
  }

  /// `value` as the content of a file.
  static func document(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    return try encoder.encode(value) + Data("\n".utf8)
  }

  /// Writes `value` as a file, whole or not at all.
  ///
  /// - Throws: ``BenchError`` where it can't be written.
  static func write(_ value: some Encodable, to path: String) throws {
    let content = try document(value)
    do {
      try content.write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw BenchError("\(path): can't be written")
    }
  }
}
