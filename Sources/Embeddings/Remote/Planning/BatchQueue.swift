// SPDX-License-Identifier: Apache-2.0

/// Hands out pieces in batches, in their order.
struct BatchQueue {
  /// All pieces.
  let pieces: [TextPiece]
  /// The most tokens of a batch; nil for no limit.
  let maxTokens: Int?
  private var next = 0

  init(_ pieces: [TextPiece], maxTokens: Int?) {
    self.pieces = pieces
    self.maxTokens = maxTokens
  }

  /// The next batch of at most so many pieces; one that has too many tokens goes by itself. Nil when there are no more.
  mutating func take(atMost limit: Int) -> ArraySlice<TextPiece>? {
    guard next < pieces.count else { return nil }
    let start = next
    var tokens = 0
    while next < pieces.count, next - start < max(1, limit) {
      tokens += pieces[next].tokens
      if let maxTokens, tokens > maxTokens, next > start { break }
      next += 1
    }
    return pieces[start..<next]
  }
}
