// SPDX-License-Identifier: Apache-2.0

/// Recall–QPS curves as plain text, for a terminal.
package struct TerminalPlot {
  private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
  private let records: [EngineRecord]
  private let title: String
  private let columns: Int
  private let rows: Int

  /// A plot of the curves of `dataset`, in a terminal so many columns wide.
  package init(_ dataset: ComparedDataset, width: Int = 80) {
    records = dataset.graphs.filter { !$0.points(nil).isEmpty }
    title = "\(dataset.name): \(dataset.shape.text)"
    columns = min(max(width, 40), 120) - Self.margin - 2
    rows = 20
  }

  private static let margin = 9

  /// The lines; without curves, only the title. A letter stands for a point, `*` for points of several engines, dots join
  /// the points that no other point of the engine beats.
  package var text: String {
    let points = records.flatMap { $0.points(nil) }
    guard !points.isEmpty else { return TextLine.clean(title) + "\n  (no curves)\n" }
    let across = RecallAxis(points.map(\.recall))
    let up = LogAxis(points.map(\.qps))
    var grid = [[Character]](repeating: [Character](repeating: " ", count: columns), count: rows)
    for record in records { join(ParetoFront.of(record.points(nil)), across, up, &grid) }
    for (record, letter) in zip(records, letterSequence) {
      for point in record.points(nil) {
        let (column, row) = place(point.recall, point.qps, across, up)
        let taken = grid[row][column]
        grid[row][column] = taken == " " || taken == Self.dot || taken == letter ? letter : "*"
      }
    }
    return ([TextLine.clean(title), "queries/s"] + lines(grid, up) + foot(across) + legend).joined(separator: "\n")
      + "\n"
  }

  private static let dot: Character = "·"

  private var letterSequence: [Character] {
    records.indices.map { Self.letters[$0 % Self.letters.count] }
  }

  private func place(_ recall: Double, _ qps: Double, _ across: RecallAxis, _ up: LogAxis) -> (column: Int, row: Int) {
    (
      Int((across.place(recall) * Double(columns - 1)).rounded()),
      rows - 1 - Int((up.place(qps) * Double(rows - 1)).rounded())
    )
  }

  private func join(_ front: [CurvePoint], _ across: RecallAxis, _ up: LogAxis, _ grid: inout [[Character]]) {
    for (from, to) in zip(front, front.dropFirst()) {
      let start = place(from.recall, from.qps, across, up)
      let end = place(to.recall, to.qps, across, up)
      let steps = max(abs(end.column - start.column), abs(end.row - start.row), 1)
      for step in 0...steps {
        let share = Double(step) / Double(steps)
        let column = Int((Double(start.column) + share * Double(end.column - start.column)).rounded())
        let row = Int((Double(start.row) + share * Double(end.row - start.row)).rounded())
        if grid[row][column] == " " { grid[row][column] = Self.dot }
      }
    }
  }

  private func lines(_ grid: [[Character]], _ up: LogAxis) -> [String] {
    var labels: [Int: String] = [:]
    for value in up.ticks(gap: 2 / Double(rows)) {
      labels[rows - 1 - Int((up.place(value) * Double(rows - 1)).rounded())] = NumberText.rate(value)
    }
    return grid.enumerated().map { row, cells in
      let label = labels[row] ?? ""
      let padding = String(repeating: " ", count: max(0, Self.margin - 1 - label.count))
      return TextLine.trimmed("\(padding)\(label) \(label.isEmpty ? "│" : "┤")\(String(cells))")
    }
  }

  private func foot(_ across: RecallAxis) -> [String] {
    var rule = [Character](repeating: "─", count: columns)
    var labels = [Character](repeating: " ", count: columns + 8)
    for tick in across.ticks(gap: 7 / Double(columns)) {
      let column = Int((across.place(tick.recall) * Double(columns - 1)).rounded())
      rule[column] = "┴"
      guard let label = tick.label else { continue }
      let start = max(0, column - label.count / 2)
      for (offset, letter) in label.enumerated() where labels.indices.contains(start + offset) {
        labels[start + offset] = letter
      }
    }
    let indent = String(repeating: " ", count: Self.margin)
    return [
      indent + "└" + String(rule), TextLine.trimmed(indent + " " + String(labels)),
      indent + " recall (each further nine has the same width)", "",
    ]
  }

  private var legend: [String] {
    let labels = records.map { TextLine.clean($0.label) }
    let width = labels.map(\.count).max() ?? 0
    return zip(zip(records, labels), letterSequence).map { entry, letter in
      let (record, label) = entry
      let rates = EngineRecord.recallTargets.map { target in
        "\(record.rate(at: target)?.isLowerBound == true ? "≥ " : "")\(NumberText.rate(record.rate(at: target)?.median)) at \(target)"
      }
      let padding = String(repeating: " ", count: width - label.count)
      return "  \(letter)  \(label)\(padding)   \(rates.joined(separator: ", "))"
    }
  }
}
