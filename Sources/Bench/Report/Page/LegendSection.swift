// SPDX-License-Identifier: Apache-2.0

/// The engines with their line and mark, as buttons that hide and show them everywhere in the report.
enum LegendSection {
  static func drawn(_ styles: EngineStyles) -> Markup {
    .tag(
      "nav", ["class": "legend", "aria-label": "Engines shown"],
      styles.engines.map { engine in
        .tag(
          "button",
          [
            "type": "button", "aria-pressed": "true", "class": "c\(styles.style(of: engine).color)",
            "data-toggle": styles.key(of: engine),
          ], [glyph(styles.style(of: engine)), .text(engine.label)])
      })
  }

  /// A line with its mark, as they are in the charts.
  static func glyph(_ style: EngineStyle) -> Markup {
    .tag(
      "svg", ["class": "glyph", "viewBox": "0 0 36 14", "width": "36", "height": "14", "aria-hidden": "true"],
      [Shapes.line(style.lineClasses, 1, 7, 35, 7), Shapes.mark(style, 18, 7)])
  }
}
