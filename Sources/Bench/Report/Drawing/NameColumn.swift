// SPDX-License-Identifier: Apache-2.0

/// The engines' names right of a plot: moved apart, each tied to the end of its line.
struct NameColumn {
  struct Name {
    let engine: EngineRecord
    /// The end of its line.
    let x: Double
    let y: Double
  }

  static let fontSize = 13.0
  private static let gap = 17.0
  private static let leader = 34.0
  /// A letter's width as a share of the font's size, of wide fonts rather than narrow ones.
  static let letterWidth = 0.7

  /// The margin that the names of `engines` take.
  static func width(_ engines: [EngineRecord]) -> Double {
    let longest = engines.map { shown($0.label).count }.max() ?? 0
    return leader + 18 + Double(longest) * fontSize * letterWidth
  }

  /// The names with their leaders.
  static func drawn(_ names: [Name], _ frame: ChartFrame, _ styles: EngineStyles) -> [Markup] {
    let sorted = names.sorted { $0.y < $1.y }
    let heights = apart(sorted.map(\.y), top: frame.top + 6, bottom: frame.plotBottom - 4)
    return zip(sorted, heights).map { name, height in
      let style = styles.style(of: name.engine)
      let x = frame.plotRight + leader
      let line = [
        (x: name.x + 7, y: name.y), (x: frame.plotRight + 8, y: name.y), (x: x - 14, y: height), (x: x - 6, y: height),
      ]
      return .tag(
        "g", ["class": "series c\(style.color)", "data-engine": styles.key(of: name.engine)],
        [
          Shapes.polyline("leader", line), Shapes.mark(style, x, height, size: 4),
          Shapes.text("name", x + 10, height + 4.5, shown(name.engine.label)),
        ])
    }
  }

  /// Ascending heights, moved so that neighbours keep their distance, and all stay between the bounds as long as there's
  /// room.
  static func apart(_ heights: [Double], top: Double, bottom: Double) -> [Double] {
    var placed: [Double] = []
    for height in heights { placed.append(max(height, (placed.last ?? top - gap) + gap)) }
    var limit = bottom
    for number in placed.indices.reversed() {
      placed[number] = min(placed[number], limit)
      limit = placed[number] - gap
    }
    return placed
  }

  private static func shown(_ label: String) -> String {
    label.count > 28 ? label.prefix(27) + "…" : label
  }
}
