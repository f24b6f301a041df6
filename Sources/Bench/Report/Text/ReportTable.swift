// SPDX-License-Identifier: Apache-2.0

/// A table of a report, as text in cells.
struct ReportTable {
  /// A row, and the engine that it is about.
  struct Row {
    let engine: EngineRecord
    let cells: [String]
  }

  let title: String
  let heads: [String]
  var rows: [Row] = []
  /// How many of the columns from the left hold words; the others hold numbers.
  var wordColumns = 1

  /// The table in Markdown, with an empty line after it.
  var markdown: String {
    let rule = "|" + String(repeating: "---|", count: heads.count)
    return ([line(heads), rule] + rows.map { line($0.cells) }).joined(separator: "\n") + "\n"
  }

  private func line(_ cells: [String]) -> String {
    "| " + cells.map(escaped).joined(separator: " | ") + " |"
  }

  /// Text from results stays text: no cell ends its column, none is HTML.
  private func escaped(_ cell: String) -> String {
    cell.replacing("|", with: "\\|").replacing("<", with: "&lt;").replacing("\n", with: " ")
  }
}
