// SPDX-License-Identifier: Apache-2.0

/// Puts a page's text together from its tokens.
struct HTMLPageBuilder {
  private static let paragraphs: Set<String> = [
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "main", "ol", "p", "pre", "search", "section",
    "summary", "table", "ul",
  ]
  private static let lines: Set<String> = ["br", "caption", "li", "option", "tr"]
  /// What a head may hold; anything else ends a head that was left open.
  private static let metadata: Set<String> = ["base", "head", "html", "link", "meta", "noscript", "title"]
  /// What ends a navigation that was left open.
  private static let contents: Set<String> = ["main", "article", "h1"]

  private(set) var sections: [HTMLPage.Section] = []
  private(set) var title: String?

  private var text = FlowText()
  private var headings: [(level: Int, title: String)] = []
  /// The heading that is open: its level.
  private var heading: Int?
  private var isTitle = false
  private var navigationDepth = 0
  private var preformattedDepth = 0
  private var isHead = false

  mutating func take(_ token: HTMLToken) {
    switch token {
    case .text(let bytes): take(text: bytes)
    case .open(let name, _): open(name)
    case .close(let name): close(name)
    }
  }

  /// Ends the section at hand; the last one has to be ended too.
  mutating func endSection() {
    let content = text.take()
    guard !content.isEmpty else { return }
    if let level = heading {
      headings.removeAll { $0.level >= level }
      headings.append((level, content))
      heading = nil
      sections.append(HTMLPage.Section(headingPath: headings.map(\.title), text: content))
    } else if let last = sections.indices.last, sections[last].headingPath == headings.map(\.title) {
      sections[last].text += "\n\n" + content
    } else {
      sections.append(HTMLPage.Section(headingPath: headings.map(\.title), text: content))
    }
  }

  private mutating func take(text bytes: [UInt8]) {
    if isTitle {
      if title == nil {
        var flow = FlowText()
        flow.append(bytes, isPreformatted: false)
        let text = flow.take()
        if !text.isEmpty { title = text }
      }
    } else if navigationDepth == 0, !isHead {
      text.append(bytes, isPreformatted: preformattedDepth > 0)
    }
  }

  private mutating func open(_ name: String) {
    if Self.contents.contains(name) { navigationDepth = 0 }
    if !Self.metadata.contains(name) { isHead = false }
    if let level = Self.level(of: name) {
      endSection()
      heading = level
      return
    }
    switch name {
    case "title": isTitle = true
    case "head": isHead = true
    case "nav": navigationDepth += 1
    case "pre":
      preformattedDepth += 1
      text.breakParagraph()
    case "td", "th": text.breakCell()
    default:
      separate(at: name)
      if name == "li" { text.append(Array("- ".utf8), isPreformatted: true) }
    }
  }

  private mutating func close(_ name: String) {
    if Self.level(of: name) != nil {
      if heading != nil { endSection() }
      heading = nil
      return
    }
    switch name {
    case "title": isTitle = false
    case "head": isHead = false
    case "nav": navigationDepth = max(0, navigationDepth - 1)
    case "pre":
      preformattedDepth = max(0, preformattedDepth - 1)
      text.breakParagraph()
    default: separate(at: name)
    }
  }

  private mutating func separate(at name: String) {
    if Self.paragraphs.contains(name) {
      text.breakParagraph()
    } else if Self.lines.contains(name) {
      text.breakLine()
    }
  }

  private static func level(of name: String) -> Int? {
    guard name.utf8.count == 2, name.hasPrefix("h"), let level = name.last?.wholeNumberValue, (1...6).contains(level)
    else { return nil }
    return level
  }
}
