// SPDX-License-Identifier: Apache-2.0

extension KeywordQuery {
  /// Whether a row matches; a GIN index of the tsvector serves it.
  package func condition(_ vector: SQLText) -> SQLText { "\(vector) @@ \(query(any))" }

  /// How well a row matches, more is better: the cover density of the words, in 0…1, and 1 more where all words are there.
  package func score(_ vector: SQLText) -> SQLText {
    """
    (ts_rank_cd(\(vector), \(query(rank)), 32) + CASE WHEN \(vector) @@ \(query(all)) THEN 1 ELSE 0 END)::float8
    """
  }

  private func query(_ text: String) -> SQLText {
    let bound: SQLText = "\(bind: .text(text))"
    return
      "to_tsquery(\(configuration.parameter), \(configuration.form == .folded ? KeywordText.folded(bound) : bound))"
  }
}
