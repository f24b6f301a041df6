// SPDX-License-Identifier: Apache-2.0

/// A table as HTML.
enum TableSection {
  /// The table, which scrolls sideways where it is too wide.
  static func drawn(_ table: ReportTable, _ styles: EngineStyles) -> Markup {
    let heads = table.heads.enumerated().map { number, head in
      Markup.tag("th", ["scope": "col", "class": number < table.wordColumns ? "word" : "number"], text: head)
    }
    let rows = table.rows.map { row in
      Markup.tag(
        "tr",
        ["class": "series c\(styles.style(of: row.engine).color)", "data-engine": styles.key(of: row.engine)],
        row.cells.enumerated().map { cell($0, $1, table, row, styles) })
    }
    let body: [Markup] = [
      .tag("caption", [:], text: table.title), .tag("thead", [:], [.tag("tr", [:], heads)]), .tag("tbody", [:], rows),
    ]
    // What scrolls has to be reached by the keyboard, too.
    return .tag(
      "div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": table.title],
      [.tag("table", [:], body)])
  }

  /// The same, folded away.
  static func folded(_ table: ReportTable, _ styles: EngineStyles, summary: String) -> Markup {
    .tag("details", [:], [.tag("summary", [:], text: summary), drawn(table, styles)])
  }

  private static func cell(
    _ number: Int, _ text: String, _ table: ReportTable, _ row: ReportTable.Row, _ styles: EngineStyles
  ) -> Markup {
    guard text == row.engine.label, number < table.wordColumns else {
      return .tag("td", ["class": number < table.wordColumns ? "word" : "number"], text: text)
    }
    return .tag("th", ["scope": "row"], [LegendSection.glyph(styles.style(of: row.engine)), .text(text)])
  }
}
