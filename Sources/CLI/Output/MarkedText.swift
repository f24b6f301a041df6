// SPDX-License-Identifier: Apache-2.0

/// A text laid out in lines of a width, its marked characters known.
struct MarkedText {
  /// A line: its characters, each with whether it is marked.
  struct Line {
    var characters: [(character: Character, isMarked: Bool)] = []
    /// How many runs of marked characters it has.
    var marks: Int {
      characters.indices.filter { place in
        characters[place].isMarked && (place == 0 || !characters[place - 1].isMarked)
      }.count
    }

    /// The line with its marks in a style.
    func styled(_ style: TerminalStyle) -> String {
      var result = ""
      var run = ""
      for (place, element) in characters.enumerated() {
        if place > 0, element.isMarked != characters[place - 1].isMarked {
          result += characters[place - 1].isMarked ? style.match(run) : run
          run = ""
        }
        run.append(element.character)
      }
      if let last = characters.last { result += last.isMarked ? style.match(run) : run }
      return result
    }
  }

  /// The lines.
  private(set) var lines: [Line] = []

  /// A text, broken at white space and between wide characters; empty lines are left out.
  init(_ text: String, marking ranges: [Range<String.Index>], width: Int) {
    var line = Line()
    var columns = 0
    // Where the line may be broken: behind this many characters.
    var breakPlace: Int?
    var ranges = ranges[...]

    func columnsOf(_ part: some Sequence<(character: Character, isMarked: Bool)>) -> Int {
      part.reduce(0) { $0 + DisplayWidth.of($1.character) }
    }
    func trimmed(_ line: Line) -> Line {
      var line = line
      while line.characters.last?.character.isWhitespace == true { line.characters.removeLast() }
      return line
    }
    func finish(_ line: Line, into lines: inout [Line]) {
      let line = trimmed(line)
      if !line.characters.isEmpty { lines.append(line) }
    }
    for index in text.indices {
      let character = text[index]
      while let first = ranges.first, first.upperBound <= index { ranges.removeFirst() }
      let isMarked = ranges.first.map { $0.lowerBound <= index } ?? false
      if character.isNewline {
        finish(line, into: &lines)
        (line, columns, breakPlace) = (Line(), 0, nil)
        continue
      }
      let own = DisplayWidth.of(character)
      if character.isWhitespace {
        if line.characters.isEmpty { continue }
        breakPlace = line.characters.count + 1
      } else if own == 2 {
        breakPlace = line.characters.count
      }
      if columns + own > width, !character.isWhitespace, !line.characters.isEmpty {
        let place = breakPlace.flatMap { $0 > 0 && $0 <= line.characters.count ? $0 : nil } ?? line.characters.count
        finish(Line(characters: Array(line.characters[..<place])), into: &lines)
        line = Line(characters: Array(line.characters[place...]))
        columns = columnsOf(line.characters)
        breakPlace = nil
      }
      line.characters.append((character, isMarked))
      columns += own
    }
    finish(line, into: &lines)
  }

  /// The lines around most of the marks, at most so many.
  func excerpt(_ limit: Int) -> Range<Int> {
    guard lines.count > limit else { return 0..<lines.count }
    let marks = lines.map(\.marks)
    var best = 0
    var bestSum = -1
    for start in 0...(lines.count - limit) {
      let sum = marks[start..<start + limit].reduce(0, +)
      if sum > bestSum { (best, bestSum) = (start, sum) }
    }
    return best..<best + limit
  }
}
