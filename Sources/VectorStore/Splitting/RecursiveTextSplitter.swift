// SPDX-License-Identifier: Apache-2.0

/// Cuts at the best separators that make chunks small enough: paragraphs, else lines, else sentences, clauses, words,
/// and at last between characters.
/// LangChain's `RecursiveCharacterTextSplitter`, with separators for Chinese and Japanese.
///
/// - A chunk is longer than the limit only if it is a single character (a grapheme cluster, which is never cut) of more
///   tokens than that.
/// - Separators stay at the end of what they separate. Chunks are parts of the source, in its order, and leave out
///   white space only.
/// - An overlap is made of whole pieces, so that it is often shorter than asked; pieces that had to be cut further do
///   not overlap their neighbours.
public struct RecursiveTextSplitter: TextSplitter {
  /// Paragraphs, lines, sentences, clauses, words; Western, Chinese and Japanese.
  public static let defaultSeparators: [[String]] = [
    ["\n\n"], ["\n"],
    ["。」", "。』", "。”", "！”", "？”", "！」", "？」", "。", "！", "？", "｡", "．", "……", ". ", "! ", "? "],
    ["；", ";\u{20}", "：", ":\u{20}"], ["，", "、", "､", ", "],
    [" ", "\t", "\u{3000}", "\u{200B}"],
  ]

  /// How long chunks may be.
  public let size: ChunkSize
  /// Where to cut, best first; the separators of a level are equals, of which the first that fits counts. Between
  /// characters comes last always. `\n` is any line end.
  public let separators: [[String]]
  /// Whether white space at the ends of chunks is left out; chunks of nothing else then are left out too.
  public let trimsWhitespace: Bool

  /// A splitter of this size.
  public init(size: ChunkSize, separators: [[String]] = Self.defaultSeparators, trimsWhitespace: Bool = true) {
    self.size = size
    self.separators = separators
    self.trimsWhitespace = trimsWhitespace
  }

  /// The chunks of a text, in its order.
  ///
  /// - Complexity: O(n · levels) for a size in characters.
  public func split(_ text: String) -> [TextChunk] {
    let source = SplitSource(text)
    return chunks(source, merger(source).chunks(of: source.all), headingPath: [])
  }

  func merger(_ source: SplitSource) -> PieceMerger {
    PieceMerger(source: source, size: size, levels: separators.map { $0.map(Array.init) })
  }

  /// Without the white space at their ends, and without those that then repeat the end of the one before and nothing else.
  func chunks(_ source: SplitSource, _ ranges: [Range<Int>], headingPath: [String]) -> [TextChunk] {
    var covered = 0
    return ranges.compactMap { range in
      let range = trimsWhitespace ? source.trimmed(range) : range
      guard !range.isEmpty, range.upperBound > covered else { return nil }
      covered = range.upperBound
      return source.chunk(range, headingPath: headingPath)
    }
  }
}
