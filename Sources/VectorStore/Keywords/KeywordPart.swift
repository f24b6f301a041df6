// SPDX-License-Identifier: Apache-2.0

/// A word or phrase of what a person wrote to look for: `"…"` is a phrase, `-` before either excludes it.
package struct KeywordPart: Sendable, Hashable {
  package var text: String
  package var isPhrase: Bool
  package var isExcluded: Bool

  /// The words and phrases of a text, without NULs. A quotation mark that is not closed is none.
  package static func parts(of text: String) -> [KeywordPart] {
    var parts: [KeywordPart] = []
    var rest = Substring(text.unicodeScalars.filter { $0.value != 0 }.reduce(into: "") { $0.unicodeScalars.append($1) })
    while let first = rest.unicodeScalars.first {
      if first.properties.isWhitespace {
        rest = Substring(rest.unicodeScalars.dropFirst())
        continue
      }
      var body = rest
      let isExcluded = first == "-"
      if isExcluded { body = Substring(body.unicodeScalars.dropFirst()) }
      if body.unicodeScalars.first == "\"" {
        let inner = body.unicodeScalars.dropFirst()
        if let end = inner.firstIndex(of: "\"") {
          parts.append(KeywordPart(text: String(inner[..<end]), isPhrase: true, isExcluded: isExcluded))
          rest = Substring(inner[inner.index(after: end)...])
          continue
        }
      }
      let end = body.unicodeScalars.firstIndex { $0.properties.isWhitespace } ?? body.unicodeScalars.endIndex
      parts.append(KeywordPart(text: String(body.unicodeScalars[..<end]), isPhrase: false, isExcluded: isExcluded))
      rest = Substring(body.unicodeScalars[end...])
    }
    return parts
  }
}
