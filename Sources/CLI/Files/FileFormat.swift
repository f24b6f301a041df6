// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// The kinds of files that are read.
enum FileFormat: String, CaseIterable, ExpressibleByArgument {
  case text = "txt"
  case markdown = "md"
  case html
  case jsonLines = "jsonl"
  case csv
  case tsv
  case pdf

  /// The endings of file names, in lower case.
  private var endings: [String] {
    switch self {
    case .text: ["txt", "text", "rst"]
    case .markdown: ["md", "markdown", "mdown"]
    case .html: ["html", "htm", "xhtml"]
    case .jsonLines: ["jsonl", "ndjson"]
    case .csv: ["csv"]
    case .tsv: ["tsv", "tab"]
    case .pdf: ["pdf"]
    }
  }

  /// The format that a file's name tells; nil for an unknown ending.
  init?(path: String) {
    guard let name = path.split(separator: "/").last, let dot = name.lastIndex(of: "."), dot != name.startIndex else {
      return nil
    }
    let ending = name[name.index(after: dot)...].lowercased()
    guard let format = Self.allCases.first(where: { $0.endings.contains(ending) }) else { return nil }
    self = format
  }

  /// All endings, for people.
  static var knownEndings: String { allCases.flatMap(\.endings).map { ".\($0)" }.joined(separator: " ") }
}
