// SPDX-License-Identifier: Apache-2.0

/// Cuts Markdown at its headings, and sections that are too long as ``RecursiveTextSplitter`` does, a fenced code block
/// in one piece where it fits.
///
/// Every chunk lies in one section and knows its headings. Headings are those of CommonMark's `#` form; a `#` in a
/// fenced code block or in front matter (`---` …
/// `---` or `...` at the beginning) is none. A heading's line is part of its section's first chunk.
public struct MarkdownSplitter: TextSplitter {
  private let splitter: RecursiveTextSplitter

  /// A splitter of this size; see ``RecursiveTextSplitter/init(size:separators:trimsWhitespace:)``.
  public init(
    size: ChunkSize, separators: [[String]] = RecursiveTextSplitter.defaultSeparators, trimsWhitespace: Bool = true
  ) {
    splitter = RecursiveTextSplitter(size: size, separators: separators, trimsWhitespace: trimsWhitespace)
  }

  /// The chunks of a text, in its order.
  public func split(_ text: String) -> [TextChunk] {
    let source = SplitSource(text)
    let merger = splitter.merger(source)
    return MarkdownOutline(source).sections.flatMap { section in
      splitter.chunks(source, merger.merge(section.blocks, level: 0), headingPath: section.headingPath)
    }
  }
}
