// SPDX-License-Identifier: Apache-2.0

internal import VectorStoreCore

/// Cuts texts into what a model takes.
struct TextPlanner: Sendable {
  /// The service's name, for messages.
  let provider: String
  /// The most tokens of a piece; nil for no limit.
  let maxTokens: Int?
  /// What becomes of longer texts.
  let longText: RemoteEmbedder.LongText
  /// Whether empty texts are sent.
  let takesEmptyTexts: Bool

  /// The pieces of texts, in their order.
  ///
  /// - Throws: ``VectorStoreError/Code/embeddingFailed`` with the row, for an empty text where none is taken and for a
  ///   long one where none is split; ``VectorStoreError/Code/invalidArgument`` for a prompt that leaves no room.
  func pieces(of texts: [String], prompt: String) throws -> [TextPiece] {
    let promptTokens = prompt.isEmpty ? 0 : TokenEstimate.tokens(prompt)
    let room = maxTokens.map { $0 == .max ? $0 : $0 - promptTokens } ?? .max
    guard room > 0 else {
      throw VectorStoreError(.invalidArgument, "the prompt leaves no room for texts in \(maxTokens ?? 0) tokens")
    }
    var pieces: [TextPiece] = []
    pieces.reserveCapacity(texts.count)
    for (row, text) in texts.enumerated() {
      if text.isEmpty, prompt.isEmpty, !takesEmptyTexts {
        throw fault("the text is empty, and \(provider) has no vector for an empty text: leave it out", row)
      }
      let tokens = TokenEstimate.tokens(text)
      if tokens <= room {
        pieces.append(TextPiece(row: row, text: prompt + text, weight: max(1, tokens), tokens: promptTokens + tokens))
        continue
      }
      guard longText == .split else {
        throw fault(
          "the text has some \(tokens) tokens (estimated), and at most \(room) are taken: "
            + "cut it into chunks first, or let long texts be split", row)
      }
      for part in Self.parts(of: text, room: room) {
        let tokens = TokenEstimate.tokens(part)
        pieces.append(TextPiece(row: row, text: prompt + part, weight: max(1, tokens), tokens: promptTokens + tokens))
      }
    }
    return pieces
  }

  /// Parts of a text that have at most so many tokens: cut after white space where there is some in the second half, else
  /// between characters. A character that has more by itself is a part.
  static func parts(of text: String, room: Int) -> [Substring] {
    var parts: [Substring] = []
    var start = text.startIndex
    while start < text.endIndex {
      var estimate = TokenEstimate()
      var end = start
      var gap: String.Index?
      while end < text.endIndex {
        let next = text.index(after: end)
        var longer = estimate
        for scalar in text[end].unicodeScalars { longer.append(scalar) }
        guard longer.tokens <= room || end == start else { break }
        estimate = longer
        if text[end].isWhitespace, estimate.tokens > room / 2 { gap = next }
        end = next
      }
      if end < text.endIndex, let gap { end = gap }
      parts.append(text[start..<end])
      start = end
    }
    return parts
  }

  private func fault(_ message: String, _ row: Int) -> VectorStoreError {
    VectorStoreError(.embeddingFailed, message, context: [.row: String(row), .provider: provider])
  }
}
