// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The lines of a file as a sequence of texts, each read when it is asked for. It can be gone through once.
struct TextLines: AsyncSequence, Sendable {
  typealias Element = String

  /// Where the lines are; `-` is standard input.
  let path: String
  /// Hears the number of each line, and how many bytes of the file it and those before it have.
  let didRead: @Sendable (_ line: Int, _ bytes: Int) -> Void

  func makeAsyncIterator() -> Iterator { Iterator(lines: self) }

  struct Iterator: AsyncIteratorProtocol {
    let lines: TextLines
    private var reader: LineReader?

    init(lines: TextLines) { self.lines = lines }

    mutating func next() async throws -> String? {
      let reader = try self.reader ?? LineReader(path: lines.path)
      self.reader = reader
      guard let line = try reader.line() else { return nil }
      lines.didRead(line.number, reader.bytesRead)
      guard let text = String(validating: line.bytes, as: UTF8.self) else {
        throw CommandError.failed("line \(line.number) is not UTF-8")
      }
      return text
    }
  }
}
