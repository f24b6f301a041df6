// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// Writes stored documents, for programs or for people.
struct DocumentPrinter {
  let asJSON: Bool

  /// Writes one.
  func write(_ record: Record) throws {
    let output = OutputFile.standard
    if asJSON { return try output.json(ResultJSON.record(record)) }
    try output.line(TerminalStyle.standardOutput.title(TerminalText.printable(record.id)))
    for line in PropertyList.lines(record.metadata, indent: "  ") {
      try output.line(TerminalStyle.standardOutput.dim(line))
    }
    if !record.vector.isEmpty {
      try output.line("  " + ResultJSON.vector(record.vector).description)
    }
    try output.line(TerminalText.printable(record.content))
    try output.line("")
  }
}
