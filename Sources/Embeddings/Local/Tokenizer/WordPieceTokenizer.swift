// SPDX-License-Identifier: Apache-2.0

/// Turns text into the token ids that a BERT model was trained on, id for id as the `tokenizers` library does.
///
/// The steps are those of a `tokenizer.json` with `BertNormalizer`, `BertPreTokenizer` and `WordPiece`: added tokens are
/// found, the text between them is cleaned up, cut into words, and each word cut into the longest pieces of the
/// vocabulary. It works on Unicode scalars; a `Character` plays no part.
///
/// Complexity: O(n) for n bytes of text; words are at most 100 characters.
public struct WordPieceTokenizer: Sendable {
  /// How many ids there are: the largest plus one.
  public let vocabularySize: Int
  /// The id of `[UNK]`, which stands for words that have no pieces.
  public let unknownID: Int32
  /// What a model puts before a text, such as `[CLS]`.
  public let prefixIDs: [Int32]
  /// What a model puts behind a text, such as `[SEP]`.
  public let suffixIDs: [Int32]

  private let normalizer: BertNormalizer?
  private let pieces: WordPiece
  /// Added tokens that are found in the text as it is.
  private let rawTokens: AddedTokens
  /// Added tokens that are found in the normal form.
  private let normalizedTokens: AddedTokens

  /// The tokenizer of a model folder: its `tokenizer.json`, or else its `vocab.txt` with BERT's own settings
  /// (`do_lower_case` and the like from `tokenizer_config.json`).
  ///
  /// - Throws: ``VectorStoreError/Code/notFound`` where there is neither, ``VectorStoreError/Code/unsupported`` for
  ///   another kind of tokenizer, by its name, ``VectorStoreError/Code/corrupt`` for a damaged file.
  public init(folder: String) throws {
    try self.init(description: TokenizerFile.read(ModelFolder(path: folder), subfolder: ""))
  }

  init(description: TokenizerDescription) {
    let pieces = WordPiece(
      vocabulary: description.vocabulary, unknown: description.unknownID,
      prefix: description.continuationPrefix, longestWord: description.longestWord)
    self.pieces = pieces
    normalizer = description.normalizer
    unknownID = description.unknownID
    prefixIDs = description.prefixIDs
    suffixIDs = description.suffixIDs
    rawTokens = AddedTokens(description.rawTokens)
    normalizedTokens = AddedTokens(description.normalizedTokens)
    vocabularySize = description.vocabularySize
  }

  /// The ids of a text.
  ///
  /// - Parameter addingSpecialTokens: whether ``prefixIDs`` and ``suffixIDs`` are put around them.
  public func ids(of text: String, addingSpecialTokens: Bool = true) -> [Int32] {
    var ids: [Int32] = addingSpecialTokens ? prefixIDs : []
    append(text, to: &ids, limit: .max)
    if addingSpecialTokens { ids += suffixIDs }
    return ids
  }

  /// The number of tokens of a text, the special ones around it left out.
  public func count(_ text: String) -> Int { ids(of: text, addingSpecialTokens: false).count }

  /// The id of a whole token such as `[CLS]`; nil if the vocabulary has none.
  public func id(ofToken token: String) -> Int32? { pieces.id(of: token) }

  /// Appends the ids of a text, and ends early once there are `limit` ids or more.
  func append(_ text: String, to ids: inout [Int32], limit: Int) {
    var text = text
    text.withUTF8 { bytes in
      var normal: [UInt8] = []
      rawTokens.forEachPart(bytes) { part in
        switch part {
        case .token(let id): ids.append(id)
        case .text(let range):
          let raw = UnsafeBufferPointer(rebasing: bytes[range])
          if let normalizer {
            normal.removeAll(keepingCapacity: true)
            normalizer.normalize(raw, into: &normal)
            normal.withUnsafeBufferPointer { appendNormalized($0, to: &ids, limit: limit) }
          } else {
            appendNormalized(raw, to: &ids, limit: limit)
          }
        }
        return ids.count < limit
      }
    }
  }

  private func appendNormalized(_ bytes: UnsafeBufferPointer<UInt8>, to ids: inout [Int32], limit: Int) {
    normalizedTokens.forEachPart(bytes) { part in
      switch part {
      case .token(let id): ids.append(id)
      case .text(let range):
        BertPreTokenizer.forEachWord(UnsafeBufferPointer(rebasing: bytes[range])) { word in
          pieces.append(word, to: &ids)
          return ids.count < limit
        }
      }
      return ids.count < limit
    }
  }
}
