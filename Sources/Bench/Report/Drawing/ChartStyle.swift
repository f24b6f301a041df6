// SPDX-License-Identifier: Apache-2.0

/// The style sheet of the charts, with colours written out, since not every viewer of SVG knows variables.
enum ChartStyle {
  /// The rules for light pages, and those that change for dark ones.
  static var text: String {
    shapes + colors(.light) + "@media (prefers-color-scheme: dark) {\n" + colors(.dark) + "}\n"
  }

  private static var shapes: String {
    let dashes = EngineStyle.dashes.enumerated().dropFirst()
      .map { ".line.d\($0.offset) { stroke-dasharray: \($0.element); }\n" }.joined()
    return """
      .tick { font-size: 12px; }
      .axis { font-size: 13px; }
      .name { font-size: 13px; font-weight: 600; }
      .grid { stroke-width: 1; }
      .guide { stroke-dasharray: 2 3; }
      .line { fill: none; stroke-width: 1.8; stroke-linejoin: round; }
      .line.own { stroke-width: 2.8; }
      .line.d2 { stroke-linecap: round; }
      .whisker { stroke-width: 1.4; opacity: 0.75; }
      .leader { fill: none; opacity: 0.4; }
      .faint { opacity: 0.35; }
      .mark { stroke-width: 1; }
      .mark.hollow { stroke-width: 1.8; }

      """ + dashes
  }

  private static func colors(_ palette: Palette) -> String {
    var text = """
      .tick { fill: \(palette.quiet); }
      .axis, .name { fill: \(palette.text); }
      .grid { stroke: \(palette.rule); }
      .guide { stroke: \(palette.guide); }
      .mark { stroke: \(palette.page); }
      .mark.hollow { fill: \(palette.page); }

      """
    for (number, color) in palette.series.enumerated() {
      text += """
        .c\(number) .line, .c\(number) .whisker, .c\(number) .leader, .c\(number) .mark.hollow { stroke: \(color); }
        .c\(number) .mark:not(.hollow) { fill: \(color); }

        """
    }
    return text
  }
}
