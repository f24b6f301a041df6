// SPDX-License-Identifier: Apache-2.0

/// Why a file cannot be read. It is reported with the file's path, and the run goes on.
struct FileFault: Error, CustomStringConvertible {
  /// What is wrong with it and, where there is something, what helps.
  let description: String

  init(_ description: String) { self.description = description }
}
