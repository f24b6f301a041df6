// SPDX-License-Identifier: Apache-2.0

/// The shapes that charts are made of.
enum Shapes {
  /// A coordinate with one decimal digit.
  static func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths.isMultiple(of: 10) ? String(tenths / 10) : String(Double(tenths) / 10)
  }

  static func line(_ classes: String, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> Markup {
    .tag("line", ["class": classes, "x1": number(x1), "y1": number(y1), "x2": number(x2), "y2": number(y2)])
  }

  /// Text that starts, is centred, or ends at a place.
  static func text(_ classes: String, _ x: Double, _ y: Double, _ text: String, anchor: String = "start") -> Markup {
    .tag("text", ["class": classes, "x": number(x), "y": number(y), "text-anchor": anchor], text: text)
  }

  static func polyline(_ classes: String, _ points: [(x: Double, y: Double)]) -> Markup {
    .tag(
      "polyline", ["class": classes, "points": points.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " ")])
  }

  /// An engine's mark around a place; `size` is half its width.
  static func mark(_ style: EngineStyle, _ x: Double, _ y: Double, size: Double = 4.2) -> Markup {
    let classes = style.isHollow ? "mark hollow" : "mark"
    switch style.mark {
    case .circle:
      return .tag("circle", ["class": classes, "cx": number(x), "cy": number(y), "r": number(size)])
    case .square:
      let half = size * 0.9
      return .tag(
        "rect",
        [
          "class": classes, "x": number(x - half), "y": number(y - half), "width": number(2 * half),
          "height": number(2 * half),
        ])
    case .triangle:
      return path(
        classes, [(x, y - size * 1.15), (x + size * 1.1, y + size * 0.85), (x - size * 1.1, y + size * 0.85)])
    case .diamond:
      let half = size * 1.25
      return path(classes, [(x, y - half), (x + half, y), (x, y + half), (x - half, y)])
    case .cross:
      let (arm, wide) = (size * 1.2, size * 0.42)
      return path(
        classes,
        [
          (x - wide, y - arm), (x + wide, y - arm), (x + wide, y - wide), (x + arm, y - wide), (x + arm, y + wide),
          (x + wide, y + wide), (x + wide, y + arm), (x - wide, y + arm), (x - wide, y + wide), (x - arm, y + wide),
          (x - arm, y - wide), (x - wide, y - wide),
        ])
    }
  }

  private static func path(_ classes: String, _ corners: [(Double, Double)]) -> Markup {
    let lines = corners.map { "\(number($0.0)) \(number($0.1))" }.joined(separator: "L")
    return .tag("path", ["class": classes, "d": "M\(lines)z"])
  }
}
