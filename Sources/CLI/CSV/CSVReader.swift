// SPDX-License-Identifier: Apache-2.0

/// The rows of a table in text, after RFC 4180.
///
/// Quoted fields may hold delimiters, line ends and doubled quotes. Lines end with LF, CRLF or CR; empty ones are passed
/// over. What follows a closing quote up to the delimiter belongs to the field.
struct CSVReader {
  /// A row: its fields, and the line that it begins on, from 1.
  struct Row {
    let fields: [String]
    let line: Int
  }

  private static let quote = UInt8(ascii: "\"")

  private let bytes: [UInt8]
  private let delimiter: UInt8
  private var place = 0
  private var line = 1

  /// A reader of a text.
  init(_ text: String, delimiter: Unicode.Scalar) {
    bytes = Array(text.utf8)
    self.delimiter = UInt8(truncatingIfNeeded: delimiter.value)
  }

  /// The next row; nil at the end.
  ///
  /// - Throws: ``FileFault`` for a quote that is never closed.
  mutating func next() throws -> Row? {
    while place < bytes.count, isLineEnd(bytes[place]) { endLine() }
    guard place < bytes.count else { return nil }
    let first = line
    var fields: [String] = []
    while true {
      fields.append(try field())
      guard place < bytes.count else { break }
      if bytes[place] != delimiter {
        endLine()
        break
      }
      place += 1
    }
    return Row(fields: fields, line: first)
  }

  private mutating func field() throws -> String {
    var value: [UInt8] = []
    if place < bytes.count, bytes[place] == Self.quote {
      let first = line
      place += 1
      while true {
        guard place < bytes.count else { throw FileFault("line \(first): a quote is opened and never closed") }
        let byte = bytes[place]
        if byte == Self.quote {
          place += 1
          guard place < bytes.count, bytes[place] == Self.quote else { break }
        } else if byte == 0x0A || (byte == 0x0D && !(place + 1 < bytes.count && bytes[place + 1] == 0x0A)) {
          line += 1
        }
        value.append(byte)
        place += 1
      }
    }
    while place < bytes.count, bytes[place] != delimiter, !isLineEnd(bytes[place]) {
      value.append(bytes[place])
      place += 1
    }
    return String(decoding: value, as: UTF8.self)
  }

  private func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  private mutating func endLine() {
    let isPair = bytes[place] == 0x0D && place + 1 < bytes.count && bytes[place + 1] == 0x0A
    place += isPair ? 2 : 1
    line += 1
  }
}
