// SPDX-License-Identifier: Apache-2.0

/// A pattern of paths, as shells have it: `*` and `?` within a name, `**` across folders, `[a-z]`, `{md,txt}`.
///
/// A pattern without `/` is one of file names, in whatever folder.
struct GlobPattern: Sendable {
  private enum Part {
    case literal(Unicode.Scalar)
    case anyScalar
    case anyInName
    case anyFolders
    case oneOf([ClosedRange<UInt32>], isNegated: Bool)
  }

  /// The alternatives that braces make.
  private let alternatives: [[Part]]
  private let isOfNames: Bool

  /// A pattern of this text. Everything is a pattern: a bracket that is not closed is itself.
  init(_ text: String) {
    isOfNames = !text.contains("/")
    alternatives = Self.expand(Array(text.unicodeScalars)).map(Self.parts)
  }

  /// Whether a path relative to the folder of the walk fits.
  func matches(_ path: String) -> Bool {
    let subject = isOfNames ? path.split(separator: "/").last.map(String.init) ?? path : path
    let scalars = Array(subject.unicodeScalars)
    return alternatives.contains { Self.matches($0, scalars) }
  }

  /// The reachable places in the pattern after each scalar: linear in both, whatever the pattern.
  private static func matches(_ parts: [Part], _ scalars: [Unicode.Scalar]) -> Bool {
    var reached = Array(repeating: false, count: parts.count + 1)
    reached[0] = true
    skip(&reached, parts)
    for scalar in scalars {
      var next = Array(repeating: false, count: parts.count + 1)
      for (place, part) in parts.enumerated() where reached[place] {
        switch part {
        case .literal(let wanted): if wanted == scalar { next[place + 1] = true }
        case .anyScalar: if scalar != "/" { next[place + 1] = true }
        case .anyInName: if scalar != "/" { next[place] = true }
        case .anyFolders: next[place] = true
        case .oneOf(let ranges, let isNegated):
          if scalar != "/", ranges.contains(where: { $0.contains(scalar.value) }) != isNegated {
            next[place + 1] = true
          }
        }
      }
      skip(&next, parts)
      reached = next
    }
    return reached[parts.count]
  }

  /// Stars may stand for nothing.
  private static func skip(_ reached: inout [Bool], _ parts: [Part]) {
    for (place, part) in parts.enumerated() where reached[place] {
      switch part {
      case .anyInName: reached[place + 1] = true
      case .anyFolders:
        reached[place + 1] = true
        // `**/` may be no folder at all.
        if place + 1 < parts.count, case .literal("/") = parts[place + 1] { reached[place + 2] = true }
      default: break
      }
    }
  }

  private static func parts(_ scalars: [Unicode.Scalar]) -> [Part] {
    var parts: [Part] = []
    var place = 0
    while place < scalars.count {
      let scalar = scalars[place]
      place += 1
      switch scalar {
      case "?": parts.append(.anyScalar)
      case "*":
        let isDouble = place < scalars.count && scalars[place] == "*"
        while place < scalars.count, scalars[place] == "*" { place += 1 }
        parts.append(isDouble ? .anyFolders : .anyInName)
      case "\\" where place < scalars.count:
        parts.append(.literal(scalars[place]))
        place += 1
      case "[":
        guard let (part, end) = set(scalars, from: place) else {
          parts.append(.literal(scalar))
          continue
        }
        parts.append(part)
        place = end
      default: parts.append(.literal(scalar))
      }
    }
    return parts
  }

  private static func set(_ scalars: [Unicode.Scalar], from start: Int) -> (Part, end: Int)? {
    let isNegated = start < scalars.count && (scalars[start] == "!" || scalars[start] == "^")
    let first = isNegated ? start + 1 : start
    // A "]" that comes first is one of the set.
    guard first + 1 < scalars.count, let close = scalars[(first + 1)...].firstIndex(of: "]") else { return nil }
    var ranges: [ClosedRange<UInt32>] = []
    var place = first
    while place < close {
      let low = scalars[place].value
      if place + 2 < close, scalars[place + 1] == "-", scalars[place + 2].value >= low {
        ranges.append(low...scalars[place + 2].value)
        place += 3
      } else {
        ranges.append(low...low)
        place += 1
      }
    }
    return (.oneOf(ranges, isNegated: isNegated), close + 1)
  }

  /// The patterns that a text with braces stands for; at most 256.
  private static func expand(_ text: [Unicode.Scalar]) -> [[Unicode.Scalar]] {
    guard let open = text.firstIndex(of: "{"), let close = text[open...].firstIndex(of: "}") else { return [text] }
    let tails = expand(Array(text[(close + 1)...]))
    let choices = text[(open + 1)..<close].split(separator: ",", omittingEmptySubsequences: false)
    return Array(choices.flatMap { choice in tails.map { text[..<open] + choice + $0 } }.prefix(256)).map(Array.init)
  }
}
