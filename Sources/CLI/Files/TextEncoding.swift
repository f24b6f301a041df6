// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// How the bytes of a text file are characters.
enum TextEncoding: String, CaseIterable, ExpressibleByArgument {
  case utf8 = "utf-8"
  case utf16LittleEndian = "utf-16le"
  case utf16BigEndian = "utf-16be"
  case latin1
  case windows1252 = "windows-1252"

  /// The text of a file.
  ///
  /// A byte-order mark decides; then the encoding that was asked for; then UTF-8. Nothing is guessed: text in the wrong
  /// encoding would be found by nobody.
  static func decode(_ bytes: [UInt8], asked: TextEncoding?) throws -> String {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return try utf8.decode(bytes[3...]) }
    // UTF-32's mark begins with that of UTF-16.
    if bytes.starts(with: [0xFF, 0xFE, 0, 0]) {
      throw FileFault("it is UTF-32, which is not read; convert it to UTF-8")
    }
    if bytes.starts(with: [0xFF, 0xFE]) { return try utf16LittleEndian.decode(bytes[2...]) }
    if bytes.starts(with: [0xFE, 0xFF]) { return try utf16BigEndian.decode(bytes[2...]) }
    return try (asked ?? utf8).decode(bytes[...])
  }

  private func decode(_ bytes: ArraySlice<UInt8>) throws -> String {
    switch self {
    case .utf8:
      guard let text = String(validating: bytes, as: UTF8.self) else { throw Self.fault(bytes) }
      guard !text.utf8.contains(0) else { throw FileFault("it holds NUL bytes: not a text file") }
      return text
    case .latin1:
      return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    case .windows1252:
      return String(String.UnicodeScalarView(bytes.map(Windows1252.scalar)))
    case .utf16LittleEndian, .utf16BigEndian:
      let (low, high) = self == .utf16LittleEndian ? (0, 1) : (1, 0)
      let all = Array(bytes)
      let units = stride(from: 0, to: all.count - 1, by: 2).map { UInt16(all[$0 + high]) << 8 | UInt16(all[$0 + low]) }
      guard all.count % 2 == 0, let text = String(validating: units, as: UTF16.self) else {
        throw FileFault("it is not valid UTF-16")
      }
      return text
    }
  }

  private static func fault(_ bytes: ArraySlice<UInt8>) -> FileFault {
    if bytes.prefix(8_192).contains(0) { return FileFault("it is not a text file") }
    // The decoder puts U+FFFD where a byte is wrong, and the text before it is right.
    let text = String(decoding: bytes, as: UTF8.self)
    var offset = 0
    var rest = bytes
    for scalar in text.unicodeScalars {
      let encoded = Array(String(scalar).utf8)
      guard rest.starts(with: encoded) else { break }
      rest = rest.dropFirst(encoded.count)
      offset += encoded.count
    }
    return FileFault(
      "it is not UTF-8 (byte \(offset)); convert it, or say what it is: --encoding latin1 or windows-1252, …")
  }
}
