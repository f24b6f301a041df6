// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// Why a file cannot be read. It is reported with the file's path, and the run goes on.
struct FileFault: Error, CustomStringConvertible {
  /// What is wrong with it and, where there is something, what helps.
  let description: String

  init(_ description: String) { self.description = description }

  /// What is wrong with a line of a file, from 1. An error that counts lines within the line says the column only.
  init(line: Int, _ error: any Error) {
    self.init("line \(line): \(Self.message(inLine: error))")
  }

  /// What is wrong within a line, for a message that says already which line it is.
  static func message(inLine error: any Error) -> String {
    ErrorReport(error).message.replacing("(line 1, column", with: "(column")
  }
}
