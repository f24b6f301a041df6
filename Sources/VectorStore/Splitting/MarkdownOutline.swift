// SPDX-License-Identifier: Apache-2.0

/// The sections of a Markdown text and the blocks within them.
struct MarkdownOutline {
  struct Section {
    let headingPath: [String]
    /// Without gaps: the text between fenced code blocks, and these.
    var blocks: [Range<Int>]
  }

  private(set) var sections: [Section] = []
  private var headings: [(level: Int, title: String)] = []
  private var blockStart = 0

  init(_ source: SplitSource) {
    var fence: Fence?
    var isFrontMatter = false
    sections.append(Section(headingPath: [], blocks: []))
    for (number, range) in Self.lines(of: source).enumerated() {
      let line = source.characters[range].prefix { $0 != "\n" }
      if number == 0, String(line) == "---" {
        isFrontMatter = Self.hasEndOfFrontMatter(source)
        if isFrontMatter { continue }
      }
      if isFrontMatter {
        let text = String(line)
        isFrontMatter = text != "---" && text != "..."
      } else if let open = fence {
        if open.isClosed(by: line) {
          fence = nil
          closeBlock(at: range.upperBound)
        }
      } else if let open = Fence(opening: line) {
        fence = open
        closeBlock(at: range.lowerBound)
      } else if let (level, title) = Self.heading(line) {
        closeBlock(at: range.lowerBound)
        headings.removeAll { $0.level >= level }
        headings.append((level, title))
        sections.append(Section(headingPath: headings.map(\.title), blocks: []))
      }
    }
    closeBlock(at: source.characters.count)
  }

  private mutating func closeBlock(at end: Int) {
    if blockStart < end { sections[sections.count - 1].blocks.append(blockStart..<end) }
    blockStart = end
  }

  private static func lines(of source: SplitSource) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    for (place, character) in source.characters.enumerated() where character == "\n" {
      lines.append(start..<place + 1)
      start = place + 1
    }
    if start < source.characters.count { lines.append(start..<source.characters.count) }
    return lines
  }

  private static func hasEndOfFrontMatter(_ source: SplitSource) -> Bool {
    source.characters.split(separator: "\n", omittingEmptySubsequences: false).dropFirst().contains {
      String($0) == "---" || String($0) == "..."
    }
  }

  /// Level and title of a heading: up to three spaces, one to six `#`, then white space or nothing; closing `#` are no
  /// part of the title.
  private static func heading(_ line: ArraySlice<Character>) -> (level: Int, title: String)? {
    let indentation = line.prefix { $0 == " " }.count
    let rest = line.dropFirst(indentation)
    let level = rest.prefix { $0 == "#" }.count
    guard indentation <= 3, (1...6).contains(level) else { return nil }
    let body = rest.dropFirst(level)
    guard body.isEmpty || body.first == " " || body.first == "\t" else { return nil }
    var title = trimmed(body)
    let closing = title.reversed().prefix { $0 == "#" }.count
    if closing > 0 {
      let before = title.dropLast(closing)
      if before.isEmpty || before.last == " " || before.last == "\t" { title = trimmed(before) }
    }
    return (level, String(title))
  }

  private static func trimmed(_ text: ArraySlice<Character>) -> ArraySlice<Character> {
    let end = text.lastIndex { !$0.isWhitespace }.map { $0 + 1 } ?? text.startIndex
    return text[..<end].drop { $0.isWhitespace }
  }

  /// A fence of code: three or more of one of ` and ~.
  private struct Fence {
    let mark: Character
    let length: Int

    init?(opening line: ArraySlice<Character>) {
      let indentation = line.prefix { $0 == " " }.count
      let rest = line.dropFirst(indentation)
      guard indentation <= 3, let mark = rest.first, mark == "`" || mark == "~" else { return nil }
      length = rest.prefix { $0 == mark }.count
      self.mark = mark
      guard length >= 3, mark == "~" || !rest.dropFirst(length).contains("`") else { return nil }
    }

    func isClosed(by line: ArraySlice<Character>) -> Bool {
      let indentation = line.prefix { $0 == " " }.count
      let rest = line.dropFirst(indentation)
      let marks = rest.prefix { $0 == mark }.count
      return indentation <= 3 && marks >= length && rest.dropFirst(marks).allSatisfy(\.isWhitespace)
    }
  }
}
