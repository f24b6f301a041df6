// SPDX-License-Identifier: Apache-2.0

/// Cuts words into pieces of a vocabulary: the longest piece that fits first, then on from its end
/// ([Wu et al. 2016](https://arxiv.org/abs/1609.08144), as BERT uses it).
struct WordPiece: Sendable {
  /// Whole words and beginnings of words.
  private let beginnings: TokenTable
  /// What words go on with, without the prefix that marks it.
  private let continuations: TokenTable
  /// What stands for a word that has no pieces.
  let unknown: Int32
  private let longestWord: Int

  /// - Parameters:
  ///   - vocabulary: tokens and their ids.
  ///   - prefix: what marks a piece inside of a word, `##`.
  ///   - longestWord: longer words, in Unicode scalars, are unknown.
  init(vocabulary: [(token: String, id: Int32)], unknown: Int32, prefix: String, longestWord: Int) {
    var beginnings = TokenTable(capacity: vocabulary.count)
    var continuations = TokenTable(capacity: vocabulary.count)
    let prefixLength = prefix.utf8.count
    for (token, id) in vocabulary {
      beginnings.insert(token.utf8, id: id)
      if token.utf8.starts(with: prefix.utf8) {
        continuations.insert(token.utf8.dropFirst(prefixLength), id: id)
      }
    }
    self.beginnings = beginnings
    self.continuations = continuations
    self.unknown = unknown
    self.longestWord = longestWord
  }

  /// The id of a whole token.
  func id(of token: String) -> Int32? { beginnings.id(token.utf8) }

  /// Appends the pieces of a word, or the unknown token where one part of it is in no piece.
  func append(_ word: UnsafeBufferPointer<UInt8>, to ids: inout [Int32]) {
    // A word has as many scalars as bytes at most.
    if word.count > longestWord, word.count(where: UTF8Scalars.begins) > longestWord {
      ids.append(unknown)
      return
    }
    let count = ids.count
    var start = 0
    while start < word.count {
      let table = start == 0 ? beginnings : continuations
      guard let (id, length) = Self.longest(UnsafeBufferPointer(rebasing: word[start...]), table) else {
        ids.removeSubrange(count...)
        ids.append(unknown)
        return
      }
      ids.append(id)
      start += length
    }
  }

  /// The longest beginning of `word` that is in the table.
  @inline(__always)
  private static func longest(_ word: UnsafeBufferPointer<UInt8>, _ table: TokenTable) -> (id: Int32, length: Int)? {
    let limit = min(word.count, table.longest)
    return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: limit + 1) { hashes in
      var hash = TokenTable.emptyHash
      for index in 0..<limit {
        hash = TokenTable.hash(hash, word[index])
        hashes[index] = hash
      }
      var length = limit
      while length > 0 {
        // Pieces end where scalars do.
        if length == word.count || UTF8Scalars.begins(word[length]) {
          let piece = UnsafeBufferPointer(rebasing: word[..<length])
          if let id = table.id(piece, hash: hashes[length - 1]) { return (id, length) }
        }
        length -= 1
      }
      return nil
    }
  }
}
