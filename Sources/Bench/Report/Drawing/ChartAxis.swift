// SPDX-License-Identifier: Apache-2.0

/// The parts of axes that charts share.
enum ChartAxis {
  /// The name of the axis from bottom to top, read from below.
  static func upright(_ name: String, _ frame: ChartFrame) -> Markup {
    let y = Shapes.number((frame.top + frame.plotBottom) / 2)
    return .tag(
      "text", ["class": "axis", "text-anchor": "middle", "transform": "translate(13 \(y)) rotate(-90)"], text: name)
  }
}
