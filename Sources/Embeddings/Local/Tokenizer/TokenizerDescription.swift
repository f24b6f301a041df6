// SPDX-License-Identifier: Apache-2.0

/// What a folder says about its tokenizer, checked and ready to be built from.
struct TokenizerDescription {
  /// Tokens and ids; every id is at least 0.
  var vocabulary: [(token: String, id: Int32)]
  var unknownID: Int32
  /// `##`.
  var continuationPrefix = "##"
  /// Longer words, in Unicode scalars, are unknown.
  var longestWord = 100
  var normalizer: BertNormalizer?
  var rawTokens: [AddedToken] = []
  var normalizedTokens: [AddedToken] = []
  var prefixIDs: [Int32] = []
  var suffixIDs: [Int32] = []

  /// The largest id plus one.
  var vocabularySize: Int {
    let added = (rawTokens + normalizedTokens).map(\.id) + prefixIDs + suffixIDs
    return Int(max(vocabulary.map(\.id).max() ?? -1, added.max() ?? -1)) + 1
  }
}
