// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// `$like` and `$ilike` by PostgreSQL's LIKE.
///
/// ILIKE would fold by the database's locale. Here only those characters are folded that the pattern has literally, by
/// `translate`, which replaces one scalar by one: any other has to match `_` or `%` alone, which do not look at it.
enum LikeSQL {
  /// Nil for a pattern with NUL, which no text of the server's matches.
  static func condition(_ text: SQLText, _ pattern: LikePattern, ignoringCase: Bool, isNegated: Bool) -> Condition? {
    guard !pattern.tokens.contains(.scalar("\0")) else { return nil }
    let operation: SQLText = isNegated ? "NOT LIKE" : "LIKE"
    guard ignoringCase else {
      return Condition("\(text) COLLATE \"C\" \(operation) \(bind: .text(pattern.description))")
    }
    let folding = Folding(pattern)
    let folded: SQLText =
      folding.from.isEmpty ? text : "translate(\(text), \(bind: .text(folding.from)), \(bind: .text(folding.to)))"
    return Condition("\(folded) COLLATE \"C\" \(operation) \(bind: .text(folding.pattern))")
  }

  /// What to replace by what, and the pattern to compare with.
  private struct Folding {
    var from = ""
    var to = ""
    var pattern = ""

    init(_ pattern: LikePattern) {
      var seen: Set<Unicode.Scalar> = []
      for token in pattern.tokens {
        switch token {
        case .anyText: self.pattern.unicodeScalars.append("%")
        case .anyScalar: self.pattern.unicodeScalars.append("_")
        case .scalar(let scalar):
          let folded = LikePattern.folded(scalar)
          if folded == "%" || folded == "_" || folded == "\\" { self.pattern.unicodeScalars.append("\\") }
          self.pattern.unicodeScalars.append(folded)
          guard seen.insert(folded).inserted else { continue }
          for variant in CaseVariants.byFolded[folded] ?? [] {
            from.unicodeScalars.append(variant)
            to.unicodeScalars.append(folded)
          }
        }
      }
    }
  }
}
