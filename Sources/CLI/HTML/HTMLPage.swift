// SPDX-License-Identifier: Apache-2.0

/// The text of a web page: what a reader reads, without navigation, scripts and styles.
struct HTMLPage {
  /// The text under one heading.
  struct Section {
    /// The headings that it lies under, from the outermost in, its own last.
    let headingPath: [String]
    /// The heading and what follows it; paragraphs are apart by an empty line.
    var text: String
  }

  /// The title, where there is one.
  let title: String?
  /// The sections with any text, in the order of the page.
  let sections: [Section]

  /// The page of a source in UTF-8. Any bytes are a page.
  ///
  /// - Complexity: O(n).
  init(_ bytes: [UInt8]) {
    var builder = HTMLPageBuilder()
    var tokenizer = HTMLTokenizer(bytes)
    while let token = tokenizer.next() { builder.take(token) }
    builder.endSection()
    title = builder.title
    sections = builder.sections
  }
}
