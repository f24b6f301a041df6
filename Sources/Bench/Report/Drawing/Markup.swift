// SPDX-License-Identifier: Apache-2.0

/// A piece of HTML or SVG that is well-formed XML, too. Text and attributes are escaped when they are written, so what
/// comes from results can't become markup.
package indirect enum Markup: Sendable {
  case element(String, [(name: String, value: String)], [Markup])
  case text(String)
  /// A style sheet or a script of this package, written as it is.
  case raw(String)

  /// An element with attributes in the order given.
  package static func tag(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ children: [Markup] = []
  ) -> Markup {
    .element(name, attributes.map { ($0.key, $0.value) }, children)
  }

  /// An element that holds text.
  package static func tag(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], text: String) -> Markup {
    tag(name, attributes, [.text(text)])
  }

  /// The characters of the document.
  package var rendered: String {
    var output = ""
    write(to: &output)
    return output
  }

  /// Elements of HTML that have no end tag; everything else gets one, even where it is empty, as HTML asks.
  private static let void: Set<String> = ["meta", "br", "line", "circle", "rect", "path", "polyline", "use", "col"]

  private func write(to output: inout String) {
    switch self {
    case .text(let text): output += Self.escaped(text)
    case .raw(let text): output += text
    case .element(let name, let attributes, let children):
      output += "<\(name)"
      for (key, value) in attributes { output += " \(key)=\"\(Self.escaped(value))\"" }
      if children.isEmpty, Self.void.contains(name) {
        output += "/>"
      } else {
        output += ">"
        for child in children { child.write(to: &output) }
        output += "</\(name)>"
      }
    }
  }

  /// `text` as text of XML: without the characters that XML can't hold at all.
  private static func escaped(_ text: String) -> String {
    var output = ""
    output.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": output += "&amp;"
      case "<": output += "&lt;"
      case ">": output += "&gt;"
      case "\"": output += "&quot;"
      case "\n": output += "&#10;"
      case "\t": output += " "
      default:
        let isForbidden = scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF
        output.unicodeScalars.append(isForbidden ? "\u{FFFD}" : scalar)
      }
    }
    return output
  }
}
