// SPDX-License-Identifier: Apache-2.0

import Foundation
import VectorStoreCore

/// The sections of web pages.
struct HTMLReader {
  let options: ReadingOptions

  /// The sections with any text.
  func parts(of bytes: [UInt8]) throws -> [FilePart] {
    var options = options
    if options.encoding == nil { options.encoding = try Self.declaredEncoding(bytes) }
    let page = HTMLPage(Array(try TextEncoding.decode(bytes, asked: options.encoding).utf8))
    var metadata: JSONObject = [:]
    if let title = page.title { metadata["title"] = .string(title) }
    var offset = 0
    return page.sections.map { section in
      let part = FilePart(
        text: section.text, metadata: metadata, headingPath: section.headingPath, scalarOffset: offset)
      // Sections are apart by an empty line in the page's text.
      offset += section.text.unicodeScalars.count + 2
      return part
    }
  }

  /// What the page says of itself in its first kilobyte: `<meta charset=…>`.
  private static func declaredEncoding(_ bytes: [UInt8]) throws -> TextEncoding? {
    let head = String(decoding: bytes.prefix(1_024), as: UTF8.self).lowercased()
    guard let place = head.range(of: "charset=") else { return nil }
    let name = head[place.upperBound...].drop { $0 == "\"" || $0 == "'" || $0 == " " }
      .prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
    switch name {
    case "utf-8", "utf8", "us-ascii", "ascii", "": return nil
    // Browsers read Latin-1 as Windows-1252.
    case "iso-8859-1", "latin1", "windows-1252", "cp1252": return .windows1252
    default:
      // Many pages say one encoding and are in UTF-8.
      if String(validating: bytes, as: UTF8.self) != nil { return nil }
      throw FileFault("its encoding is \(name), which is not read; convert it to UTF-8")
    }
  }
}
