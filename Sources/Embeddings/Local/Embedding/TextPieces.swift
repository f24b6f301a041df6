// SPDX-License-Identifier: Apache-2.0

/// Cuts texts into the token sequences that a model takes.
struct TextPieces: Sendable {
  private let tokenizer: WordPieceTokenizer
  private let longText: LongTextPolicy
  private let prefix: [Int32]
  private let suffix: [Int32]
  private let dropsUnknown: Bool
  private let lowercasesFirst: Bool
  /// Tokens of a text that fit in the window beside the special ones.
  let capacity: Int

  init(_ loaded: ModelLoader, longText: LongTextPolicy) {
    tokenizer = loaded.tokenizer
    self.longText = longText
    prefix = loaded.addsSpecialTokens ? loaded.tokenizer.prefixIDs : []
    suffix = loaded.addsSpecialTokens ? loaded.tokenizer.suffixIDs : []
    dropsUnknown = loaded.dropsUnknown
    lowercasesFirst = loaded.lowercasesFirst
    capacity = max(loaded.model.window - prefix.count - suffix.count, 1)
  }

  /// The sequences of one text, at least one, with the special tokens around each.
  ///
  /// - Returns: the sequences and how many tokens of the text each one has.
  func sequences(of text: String, prompt: String) -> [(ids: [Int32], weight: Int)] {
    var ids: [Int32] = []
    let whole = prompt.isEmpty ? text : prompt + text
    // Unknown tokens are dropped before the text is cut to length.
    let limit = longText == .truncate && !dropsUnknown ? capacity : .max
    tokenizer.append(lowercasesFirst ? whole.lowercased() : whole, to: &ids, limit: limit)
    if dropsUnknown { ids.removeAll { $0 == tokenizer.unknownID } }
    guard ids.count > capacity else { return [(prefix + ids + suffix, ids.count)] }
    guard longText == .meanOfWindows else { return [(prefix + ids.prefix(capacity) + suffix, capacity)] }
    return windows(ids, prompt: prompt)
  }

  /// Windows of equal length but for the last; each begins with the prompt's tokens.
  private func windows(_ ids: [Int32], prompt: String) -> [(ids: [Int32], weight: Int)] {
    var lead = prompt.isEmpty ? [] : tokenizer.ids(of: prompt, addingSpecialTokens: false)
    if !ids.starts(with: lead) || lead.count >= capacity { lead = [] }
    var result: [(ids: [Int32], weight: Int)] = []
    var rest = ids[lead.count...]
    while !rest.isEmpty {
      let window = rest.prefix(capacity - lead.count)
      result.append((prefix + lead + window + suffix, window.count))
      rest = rest.dropFirst(window.count)
    }
    return result
  }
}
