// SPDX-License-Identifier: Apache-2.0

/// Cuts a range of a source into chunks: at the best separators that keep chunks within their size.
struct PieceMerger {
  let source: SplitSource
  let size: ChunkSize
  /// Best first; the separators of a level are equals.
  let levels: [[[Character]]]

  func length(_ range: Range<Int>) -> Int { size.measure.map { $0(source.slice(range)) } ?? range.count }

  /// The chunks of a range, in order, each beginning at most ``ChunkSize/overlap`` before the end of the one before.
  func chunks(of range: Range<Int>, level: Int = 0) -> [Range<Int>] {
    if range.isEmpty { return [] }
    if length(range) <= size.limit { return [range] }
    guard level < levels.count else { return merge(fragments(of: range), level: nil) }
    let pieces = pieces(of: range, separators: levels[level])
    // Without a separator of this level there is nothing to merge.
    return pieces.count > 1 ? merge(pieces, level: level + 1) : chunks(of: range, level: level + 1)
  }

  /// Puts neighbouring pieces together while they fit; pieces that are too long are cut at the level given, nil for
  /// ones that cannot be cut.
  func merge(_ pieces: [Range<Int>], level: Int?) -> [Range<Int>] {
    var result: [Range<Int>] = []
    // The pieces of the chunk at hand.
    var first = 0
    var end = 0
    func close() {
      if first < end { result.append(pieces[first].lowerBound..<pieces[end - 1].upperBound) }
    }
    while end < pieces.count {
      let piece = pieces[end]
      let start = first < end ? pieces[first].lowerBound : piece.lowerBound
      if length(start..<piece.upperBound) <= size.limit {
        end += 1
      } else if first == end {
        // The piece alone is too long.
        result += level.map { chunks(of: piece, level: $0) } ?? [piece]
        end += 1
        first = end
      } else {
        close()
        first = overlapStart(pieces, from: first + 1, to: end)
      }
    }
    close()
    return result
  }

  /// The first of the last pieces before `end` that are repeated: as many as the overlap allows and leave room for the
  /// next piece.
  private func overlapStart(_ pieces: [Range<Int>], from lowest: Int, to end: Int) -> Int {
    var start = end
    while size.overlap > 0, start > lowest {
      let from = pieces[start - 1].lowerBound
      guard length(from..<pieces[end - 1].upperBound) <= size.overlap,
        length(from..<pieces[end].upperBound) <= size.limit
      else {
        break
      }
      start -= 1
    }
    return start
  }

  /// The parts between separators, each with the separator at its end.
  private func pieces(of range: Range<Int>, separators: [[Character]]) -> [Range<Int>] {
    var pieces: [Range<Int>] = []
    var start = range.lowerBound
    var place = range.lowerBound
    while place < range.upperBound {
      let separator = separators.first { separator in
        !separator.isEmpty && separator.count <= range.upperBound - place
          && source.characters[place...].starts(with: separator)
      }
      place += separator?.count ?? 1
      if separator != nil {
        pieces.append(start..<place)
        start = place
      }
    }
    if start < range.upperBound { pieces.append(start..<range.upperBound) }
    return pieces
  }

  /// Pieces of a range without separators: characters one by one if these are the unit, else halves of halves until
  /// they are a small part of a chunk, so that the measure
  /// is not called for every character.
  private func fragments(of range: Range<Int>) -> [Range<Int>] {
    guard size.measure != nil else { return range.map { $0..<$0 + 1 } }
    let enough = max(1, (size.overlap > 0 ? min(size.overlap, size.limit) : size.limit) / 16)
    func halves(_ range: Range<Int>) -> [Range<Int>] {
      if range.count == 1 || length(range) <= enough { return [range] }
      let middle = range.lowerBound + range.count / 2
      return halves(range.lowerBound..<middle) + halves(middle..<range.upperBound)
    }
    return halves(range)
  }
}
