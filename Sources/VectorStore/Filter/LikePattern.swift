// SPDX-License-Identifier: Apache-2.0

/// A pattern of `$like` and `$ilike`: `%` stands for any text, `_` for any one Unicode scalar, `\` takes the next
/// scalar as it is.
///
/// As in PostgreSQL, characters are Unicode scalars, nothing is normalised, and the whole string must match. Without
/// regard to case, both
/// sides are folded scalar by scalar by Unicode's simple lower-case mapping, whatever the locale: what PostgreSQL's
/// `lower` does in its
/// `pg_c_utf8` collation. So `İ` folds to `i`, `Σ` to `σ` but `ς` stays, `ß` and `SS` differ.
public struct LikePattern: Sendable, Hashable, CustomStringConvertible {
  package enum Token: Sendable, Hashable {
    case anyText
    case anyScalar
    case scalar(Unicode.Scalar)
  }

  package let tokens: [Token]

  /// The pattern that a text writes. A `\` at the end stands for itself; JSON filters refuse it.
  public init(_ text: String) {
    var tokens: [Token] = []
    var isEscaped = false
    for scalar in text.unicodeScalars {
      switch scalar {
      case _ where isEscaped:
        tokens.append(.scalar(scalar))
        isEscaped = false
      case "\\": isEscaped = true
      case "%":
        if tokens.last != .anyText { tokens.append(.anyText) }
      case "_": tokens.append(.anyScalar)
      default: tokens.append(.scalar(scalar))
      }
    }
    if isEscaped { tokens.append(.scalar("\\")) }
    self.tokens = tokens
  }

  /// Nil if the text ends within an escape.
  init?(strict text: String) {
    let trailing = text.unicodeScalars.reversed().prefix { $0 == "\\" }.count
    guard trailing % 2 == 0 else { return nil }
    self.init(text)
  }

  /// The text of the pattern, with no more escapes than are needed. ``init(_:)`` reads it back.
  public var description: String {
    var text = String.UnicodeScalarView()
    for token in tokens {
      switch token {
      case .anyText: text.append("%")
      case .anyScalar: text.append("_")
      case .scalar(let scalar):
        if scalar == "%" || scalar == "_" || scalar == "\\" { text.append("\\") }
        text.append(scalar)
      }
    }
    return String(text)
  }

  /// Whether the whole text matches.
  ///
  /// - Complexity: O(n · m) for a text of n and a pattern of m scalars; no backtracking beyond the last `%`.
  public func matches(_ text: String, ignoringCase: Bool = false) -> Bool {
    let scalars = ignoringCase ? text.unicodeScalars.map(Self.folded) : Array(text.unicodeScalars)
    let tokens = ignoringCase ? self.tokens.map(Self.folded) : self.tokens
    var place = 0
    var at = 0
    // Where to go on when what follows the last `%` does not fit.
    var retry: (place: Int, at: Int)?
    while place < scalars.count {
      if at < tokens.count, tokens[at] == .anyText {
        retry = (place, at + 1)
        at += 1
      } else if at < tokens.count, tokens[at] == .anyScalar || tokens[at] == .scalar(scalars[place]) {
        place += 1
        at += 1
      } else if let (start, after) = retry {
        retry = (start + 1, after)
        (place, at) = (start + 1, after)
      } else {
        return false
      }
    }
    return tokens[at...].allSatisfy { $0 == .anyText }
  }

  /// The scalar in lower case by Unicode's simple mapping; public so that backends that compare in other places fold
  /// alike.
  public static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if scalar.isASCII { return ("A"..."Z").contains(scalar) ? Unicode.Scalar(UInt8(scalar.value) + 32) : scalar }
    // The only scalar whose full lower-case mapping, which Swift has, is longer than the simple one.
    if scalar == "\u{130}" { return "i" }
    let mapping = scalar.properties.lowercaseMapping.unicodeScalars
    guard mapping.count == 1, let lower = mapping.first else { return scalar }
    return lower
  }

  private static func folded(_ token: Token) -> Token {
    if case .scalar(let scalar) = token { .scalar(folded(scalar)) } else { token }
  }
}
