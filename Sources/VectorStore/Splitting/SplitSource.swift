// SPDX-License-Identifier: Apache-2.0

/// A text as the splitters see it: characters by number, so that no cut is ever inside a grapheme cluster.
struct SplitSource {
  let text: String
  /// The characters, every line end a plain `\n`, for comparison with separators.
  let characters: [Character]
  /// Where each character begins, and where the last one ends.
  private let indices: [String.Index]
  private let utf8Offsets: [Int]
  private let scalarOffsets: [Int]

  init(_ text: String) {
    self.text = text
    var characters: [Character] = []
    var indices: [String.Index] = []
    var utf8Offsets = [0]
    var scalarOffsets = [0]
    for index in text.indices {
      let character = text[index]
      characters.append(character == "\r\n" || character == "\r" ? "\n" : character)
      indices.append(index)
      utf8Offsets.append((utf8Offsets.last ?? 0) + character.utf8.count)
      scalarOffsets.append((scalarOffsets.last ?? 0) + character.unicodeScalars.count)
    }
    indices.append(text.endIndex)
    (self.characters, self.indices) = (characters, indices)
    (self.utf8Offsets, self.scalarOffsets) = (utf8Offsets, scalarOffsets)
  }

  var all: Range<Int> { 0..<characters.count }

  func slice(_ range: Range<Int>) -> Substring { text[indices[range.lowerBound]..<indices[range.upperBound]] }

  /// The range without white space at its ends.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    guard let first = range.first(where: { !characters[$0].isWhitespace }),
      let last = range.last(where: { !characters[$0].isWhitespace })
    else { return range.lowerBound..<range.lowerBound }
    return first..<last + 1
  }

  func chunk(_ range: Range<Int>, headingPath: [String]) -> TextChunk {
    TextChunk(
      text: String(slice(range)), utf8Range: utf8Offsets[range.lowerBound]..<utf8Offsets[range.upperBound],
      scalarOffset: scalarOffsets[range.lowerBound], headingPath: headingPath)
  }
}
