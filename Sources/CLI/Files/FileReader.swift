// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// Reads files of all formats.
struct FileReader: Sendable {
  let options: ReadingOptions

  /// The texts of a file.
  ///
  /// - Parameter format: nil where the name does not tell: then a text is taken as it is, and anything else refused.
  /// - Throws: ``FileFault``.
  func parts(of bytes: [UInt8], format: FileFormat?) throws -> [FilePart] {
    switch format {
    case .text: return [FilePart(text: try text(bytes))]
    case .markdown: return [markdown(try text(bytes))]
    case .html: return try HTMLReader(options: options).parts(of: bytes)
    case .jsonLines: return try JSONLinesReader(options: options).parts(of: text(bytes))
    case .csv: return try TableReader(delimiter: ",", options: options).parts(of: text(bytes))
    case .tsv: return try TableReader(delimiter: "\t", options: options).parts(of: text(bytes))
    case .pdf: return try PDFReader(timeLimit: options.timeLimit).parts(of: bytes)
    case nil:
      do {
        return [FilePart(text: try text(bytes))]
      } catch {
        throw FileFault("it is of no known kind: \(error); known are \(FileFormat.knownEndings)")
      }
    }
  }

  private func text(_ bytes: [UInt8]) throws -> String {
    try TextEncoding.decode(bytes, asked: options.encoding)
  }

  /// A Markdown text; its first heading of level 1 is its title.
  private func markdown(_ text: String) -> FilePart {
    var part = FilePart(text: text, form: .markdown)
    for line in text.split(separator: "\n", maxSplits: 50, omittingEmptySubsequences: true).prefix(50) {
      if line.hasPrefix("```") || line.hasPrefix("~~~") { break }
      guard line.hasPrefix("# ") else { continue }
      let title = line.dropFirst(2).trimmingPrefix { $0.isWhitespace }
      if let end = title.lastIndex(where: { !$0.isWhitespace && $0 != "#" }) {
        part.metadata["title"] = .string(String(title[...end]))
      }
      break
    }
    return part
  }
}
