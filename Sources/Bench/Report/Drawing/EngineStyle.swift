// SPDX-License-Identifier: Apache-2.0

/// How an engine is drawn: a family shares a colour, its members have marks and dashes of their own.
struct EngineStyle {
  enum Mark: CaseIterable {
    case circle, square, triangle, diamond, cross
  }

  /// The number of the series colour.
  let color: Int
  let mark: Mark
  /// Filled, or only an outline.
  let isHollow: Bool
  /// The number of the dash pattern; 0 is a solid line.
  let dash: Int
  /// Lines of this package's own engines are heavier.
  let isOwn: Bool

  static let dashes = ["", "7 4", "1.5 4.5", "10 4 2 4", "3 3"]

  /// The classes of its line.
  var lineClasses: String { "line d\(dash)" + (isOwn ? " own" : "") }
}
