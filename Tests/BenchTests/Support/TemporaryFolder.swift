// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A folder that lives as long as this object.
final class TemporaryFolder: Sendable {
  private let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("BenchTests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  /// The path of a file of this name, whether it is there or not.
  func path(_ name: String) -> String {
    url.appendingPathComponent(name).path
  }

  /// Writes a file, and returns its path.
  func write(_ bytes: [UInt8], as name: String) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
    return path(name)
  }

  /// Writes a file of text, and returns its path.
  func write(_ text: String, as name: String) throws -> String {
    try write(Array(text.utf8), as: name)
  }
}
