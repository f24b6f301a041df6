// SPDX-License-Identifier: Apache-2.0

import Testing
import VectorStoreCore
import VectorStoreTesting

@Suite struct SplittingTests {
  private func texts(_ splitter: some TextSplitter, _ text: String) -> [String] { splitter.split(text).map(\.text) }

  @Test func cutsAtTheBestSeparators() throws {
    let splitter = RecursiveTextSplitter(size: try .characters(12))
    #expect(texts(splitter, "One two.\n\nThree four five. Six.") == ["One two.", "Three four", "five.", "Six."])
    #expect(texts(splitter, "short") == ["short"])
    #expect(texts(splitter, " \n ") == [] && texts(splitter, "") == [])
    #expect(texts(RecursiveTextSplitter(size: try .characters(8)), "向量数据库。很快！中文，也可以。") == ["向量数据库。", "很快！", "中文，也可以。"])
    #expect(texts(RecursiveTextSplitter(size: try .characters(3)), "abcdefgh") == ["abc", "def", "gh"])
    #expect(texts(RecursiveTextSplitter(size: try .characters(6)), "ab\r\n\r\ncd ef gh") == ["ab", "cd ef", "gh"])
  }

  @Test func overlaps() throws {
    let splitter = RecursiveTextSplitter(size: try .characters(10, overlap: 4))
    #expect(texts(splitter, "aa bb cc dd ee ff") == ["aa bb cc", "cc dd ee", "ee ff"])
    #expect(texts(RecursiveTextSplitter(size: try .characters(4, overlap: 2)), "abcdefgh") == ["abcd", "cdef", "efgh"])
    for (limit, overlap) in [(0, 0), (5, 5), (5, -1)] {
      #expect(throws: VectorStoreError.self) { try ChunkSize.characters(limit, overlap: overlap) }
    }
  }

  @Test func randomTexts() throws {
    var random = SeededGenerator(7)
    let parts = [
      "word", " ", " ", "\n", "\n\n", "\r\n", "。", "向量", "，", ". ", "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}",
      "e\u{301}", "🇩🇪", "\u{301}", "한국", "a", "「はい。」", "\t",
      "# H\n", "```\n", "supercalifragilistic",
    ]
    for round in 0..<600 {
      let text = (0..<random.below(60)).map { _ in random.pick(parts) }.joined()
      let limit = 1 + random.below(30)
      let overlap = random.below(limit)
      let trims = random.oneIn(2)
      let measure: @Sendable (Substring) -> Int
      if round % 3 == 0 { measure = { ($0.utf8.count + 2) / 3 } } else { measure = { $0.count } }
      let size: ChunkSize
      if round % 3 == 1 {
        size = try .characters(limit, overlap: overlap)
      } else {
        size = try .tokens(limit, overlap: overlap, count: measure)
      }
      let splitters: [any TextSplitter] = [
        RecursiveTextSplitter(size: size, trimsWhitespace: trims), MarkdownSplitter(size: size, trimsWhitespace: trims),
      ]
      for splitter in splitters {
        check(splitter.split(text), of: text, limit: limit, overlap: overlap, trims: trims, measure: measure)
      }
    }
  }

  private func check(
    _ chunks: [TextChunk], of text: String, limit: Int, overlap: Int, trims: Bool, measure: (Substring) -> Int
  ) {
    let bytes = Array(text.utf8)
    let boundaries = Set(text.indices.map { $0.utf16Offset(in: text) } + [text.utf16.count])
    var covered = 0
    for chunk in chunks {
      let range = chunk.utf8Range
      #expect(Array(chunk.text.utf8) == Array(bytes[range]))
      let lower = text.utf8.index(text.startIndex, offsetBy: range.lowerBound)
      let upper = text.utf8.index(text.startIndex, offsetBy: range.upperBound)
      #expect(boundaries.contains(lower.utf16Offset(in: text)) && boundaries.contains(upper.utf16Offset(in: text)))
      #expect(chunk.scalarOffset == text.unicodeScalars.distance(from: text.startIndex, to: lower))
      #expect(measure(text[lower..<upper]) <= limit || text[lower..<upper].count == 1)
      #expect(range.upperBound > covered, "a chunk brings something new")
      if range.lowerBound < covered {
        let shared = text[lower..<text.utf8.index(text.startIndex, offsetBy: covered)]
        #expect(measure(shared) <= overlap)
      } else {
        let gap = String(decoding: bytes[covered..<range.lowerBound], as: UTF8.self)
        #expect(gap.allSatisfy(\.isWhitespace) && (trims || gap.isEmpty))
      }
      covered = range.upperBound
    }
    let rest = String(decoding: bytes[covered...], as: UTF8.self)
    #expect(rest.allSatisfy(\.isWhitespace) && (trims || rest.isEmpty))
  }

  @Test func markdownHeadings() throws {
    let text = """
      ---
      # no heading
      ---
      intro

      # One #
      text
      ## Two
      ```swift
      # no heading
      ```
      ### C#
      #tag
         # Three ##
          # code
      ~~~
      ## open fence
      """
    let chunks = MarkdownSplitter(size: try .characters(1000)).split(text)
    #expect(chunks.map(\.headingPath) == [[], ["One"], ["One", "Two"], ["One", "Two", "C#"], ["Three"]])
    #expect(chunks.last?.text == "# Three ##\n    # code\n~~~\n## open fence")
    #expect(chunks[2].text == "## Two\n```swift\n# no heading\n```")
  }

  @Test func fencesStayWholeWhereTheyFit() throws {
    let text = "Some words before it.\n```\nlet a = 1\n\nlet b = 2\n```\nSome words after it."
    let chunks = MarkdownSplitter(size: try .characters(32)).split(text)
    #expect(
      chunks.map(\.text) == ["Some words before it.", "```\nlet a = 1\n\nlet b = 2\n```", "Some words after it."])
  }

  @Test func documentsKeepWhereTheyComeFrom() throws {
    let source = Document(id: "a.md", content: "# T\n\n向量 one\n\ntwo two two", metadata: ["lang": "zh"])
    let documents = MarkdownSplitter(size: try .characters(13)).split([source])
    #expect(documents.map(\.content) == ["# T\n\n向量 one", "two two two"])
    #expect(
      documents[1].metadata == ["lang": "zh", "source": "a.md", "chunk": 1, "start_index": 13, "heading_path": ["T"]])
    #expect(documents[0].id == nil)
  }
}
