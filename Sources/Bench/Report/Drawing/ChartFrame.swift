// SPDX-License-Identifier: Apache-2.0

/// The size of a chart, and the margins around its plot, in units of the drawing.
struct ChartFrame {
  var width: Double
  var height: Double
  var left = 76.0
  var right = 18.0
  var top = 14.0
  var bottom = 46.0
  /// Whether the engines' names stand right of the plot; the right margin is made for them.
  var hasNames = false

  static let wide = ChartFrame(width: 1040, height: 540, hasNames: true)
  static let narrow = ChartFrame(width: 400, height: 400, left: 70, right: 12)
  static let small = ChartFrame(width: 500, height: 310)

  var plotRight: Double { width - right }
  var plotBottom: Double { height - bottom }

  /// A place on the axis from left to right, and on the one from bottom to top, each from 0 to 1.
  func x(_ place: Double) -> Double { left + (plotRight - left) * place }
  func y(_ place: Double) -> Double { plotBottom - (plotBottom - top) * place }
}
