// SPDX-License-Identifier: Apache-2.0

/// What a wrong backend does wrong.
enum ReferenceFlaw: CaseIterable {
  /// é in one scalar is é in two.
  case foldsIDs
  /// The filter looks at the k nearest only.
  case filtersAfterwards
  /// What is unknown counts as false, so that `not` finds it.
  case unknownIsFalse
  /// Vectors of norm zero are found.
  case findsZeroVectors
  /// The query may have norm zero.
  case takesZeroQueries
  /// What comes before a bad record stays.
  case keepsHalfOfABatch
  /// The ledger outlives documents.
  case keepsLedger
  /// A null in a merge is stored.
  case storesNulls
  /// Upserts come before deletions.
  case deletesLast
  /// Records come in the order of their ids.
  case sortsGets
  /// The cursor is a number of records.
  case scrollsByOffset
  /// Vectors and keywords are of two moments.
  case tornReads
  /// Keywords are compared by case and accent.
  case comparesKeywordsExactly
  /// Only what separates words makes words, so that 向量 is found alone only.
  case missesChineseWords
  /// All words have to be there.
  case wantsAllWords
  /// The keyword index has what was.
  case losesKeywordCount
  /// The distance's limit counts for nothing.
  case ignoresLimits
  /// A closed store answers.
  case answersWhenClosed
  /// The first record of an id wins.
  case firstOfIDWins
}
