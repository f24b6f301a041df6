// SPDX-License-Identifier: Apache-2.0

import Foundation
import VectorStoreCore

/// Writes what a search found for people: rank, relevance, where it is from, and the passage with the query's words
/// marked.
struct HitPrinter {
  /// Lines of a passage that are shown unless all are wanted.
  private static let usualLines = 6
  private static let indent = "    "

  private let words: QueryWords
  private let showsAll: Bool
  private let style = TerminalStyle.standardOutput
  private let width = min(TerminalSize.columns(STDOUT_FILENO), 120)

  /// A printer for a query, which may be empty.
  init(query: String, showsAll: Bool) {
    words = QueryWords(query)
    self.showsAll = showsAll
  }

  /// Writes hits, best first.
  func write(_ hits: [SearchHit]) throws {
    if hits.isEmpty { return try OutputFile.standard.line("nothing found") }
    for (place, hit) in hits.enumerated() {
      if place > 0 { try OutputFile.standard.line("") }
      try write(hit, rank: place + 1)
    }
  }

  private func write(_ hit: SearchHit, rank: Int) throws {
    let output = OutputFile.standard
    let relevance = hit.relevance.map { String(format: "%.3f", $0) } ?? "  –  "
    let number = String(format: "%2d.", rank)
    try output.line("\(style.bold(number)) \(style.bold(relevance))  \(place(of: hit))")
    let text = TerminalText.printable(Self.withoutHeading(hit.document))
    let marked = MarkedText(text, marking: words.matches(in: text), width: max(20, width - Self.indent.count))
    let shown = showsAll ? 0..<marked.lines.count : marked.excerpt(Self.usualLines)
    for line in marked.lines.indices where shown.contains(line) {
      var text = Self.indent + marked.lines[line].styled(style)
      if line == shown.lowerBound, line > 0 {
        text = Self.indent.dropLast(2) + "… " + text.dropFirst(Self.indent.count)
      }
      if line == shown.upperBound - 1, line < marked.lines.count - 1 { text += " …" }
      try output.line(text)
    }
  }

  /// The passage without its heading, which the line above shows.
  private static func withoutHeading(_ document: Document) -> String {
    let content = document.content
    guard let heading = document.metadata["heading_path"]?.arrayValue?.last?.stringValue,
      let end = content.firstIndex(where: \.isNewline)
    else { return content }
    let line = content[..<end].drop { $0 == "#" }.trimmingPrefix { $0.isWhitespace }
    return line == heading ? String(content[content.index(after: end)...]) : content
  }

  /// The source with page and headings, else the title, else the id.
  private func place(of hit: SearchHit) -> String {
    let metadata = hit.document.metadata
    let source = metadata["source"]?.stringValue ?? metadata["title"]?.stringValue ?? hit.id
    var text = style.title(TerminalText.printable(source))
    if let page = metadata["page"] { text += " page \(TerminalText.printable(page.description))" }
    let headings = metadata["heading_path"]?.arrayValue?.compactMap(\.stringValue) ?? []
    if !headings.isEmpty { text += style.dim(" › " + TerminalText.printable(headings.joined(separator: " › "))) }
    return text.replacing("\n", with: " ")
  }
}
