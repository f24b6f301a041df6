// SPDX-License-Identifier: Apache-2.0

/// A file that isn't what its name says: names the file, and the byte where that is known.
package struct VectorFileError: Error, Equatable, CustomStringConvertible {
  /// The file.
  package let path: String
  /// The byte, counted from 0, at which the file is wrong.
  package let offset: Int?
  /// What is wrong with it.
  package let message: String

  /// An error about `path`, at byte `offset` of it.
  package init(path: String, offset: Int? = nil, _ message: String) {
    self.path = path
    self.offset = offset
    self.message = message
  }

  package var description: String {
    guard let offset else { return "\(path): \(message)" }
    return "\(path): at byte \(offset): \(message)"
  }
}
