// SPDX-License-Identifier: Apache-2.0

/// Which rows of a table are the collection's: all, or those of one dimension where several models share the table.
struct TableScope: Sendable {
  let layout: TableLayout
  /// The collection's dimension, once known.
  let dimension: Int?

  /// Whether the table's vectors have no dimension of their own.
  var isShared: Bool { layout.vectorType == .vector && layout.columnDimension == nil && dimension != nil }

  /// The condition; nil where all rows are the collection's. The number stands in the text, so that the planner sees that it
  /// is the one of a partial index.
  var condition: SQLText? {
    guard isShared, let dimension else { return nil }
    if let column = layout.dimensionColumn { return "\(column) = \(dimension)" }
    return nil
  }

  /// The condition after others.
  var and: SQLText { condition.map { " AND \($0)" } ?? "" }
}
