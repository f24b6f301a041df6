// SPDX-License-Identifier: Apache-2.0

import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// A document that was read as XML: what elements, attributes and text it has.
final class ParsedMarkup: NSObject, XMLParserDelegate {
  struct NotWellFormed: Error, CustomStringConvertible {
    let description: String
  }

  private(set) var names: [String: Int] = [:]
  private(set) var attributes: Set<String> = []
  private(set) var coordinates: [Double] = []
  private(set) var text = ""

  /// - Throws: ``NotWellFormed``
  init(_ document: String) throws {
    super.init()
    // HTML's document type names no rules that XML could read.
    let parser = XMLParser(data: Data(document.replacing("<!DOCTYPE html>", with: "").utf8))
    parser.delegate = self
    guard parser.parse() else {
      throw NotWellFormed(description: "line \(parser.lineNumber): \(String(describing: parser.parserError))")
    }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes values: [String: String]
  ) {
    names[name, default: 0] += 1
    attributes.formUnion(values.keys)
    for key in ["x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "width", "height"] {
      if let value = values[key] { coordinates.append(Double(value) ?? .nan) }
    }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    text += string
  }
}
