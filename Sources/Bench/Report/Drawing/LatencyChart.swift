// SPDX-License-Identifier: Apache-2.0

/// The latency percentiles of every engine at the smallest efSearch that reaches a recall: a line from p50 to p99, with a
/// mark at each.
struct LatencyChart {
  let dataset: ComparedDataset
  let target: Double
  let styles: EngineStyles

  private static let row = 26.0
  private static let width = 500.0
  private static let longestName = 24

  /// The drawing; `nil` where no engine reaches the recall.
  var drawn: Markup? {
    let rows = dataset.graphs.map { ($0, LatencyPoint.of($0, reaching: target)) }
    let points = rows.compactMap(\.1)
    guard !points.isEmpty else { return nil }
    let names = dataset.graphs.map(\.label.count).max() ?? 0
    let left = 16 + Double(min(names, Self.longestName)) * NameColumn.fontSize * NameColumn.letterWidth
    let frame = ChartFrame(
      width: Self.width, height: 46 + Self.row * Double(rows.count), left: left, right: 24, top: 4, bottom: 42)
    let axis = LogAxis(points.flatMap { [$0.p50, $0.p95, $0.p99].compactMap { $0 } })
    var parts = axes(frame, axis)
    for (number, (engine, point)) in rows.enumerated() {
      parts.append(row(engine, point, y: frame.top + Self.row * (Double(number) + 0.5), frame, axis))
    }
    return .tag(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "class": "chart", "role": "group",
        "aria-label": "Latency percentiles at recall \(target)",
        "viewBox": "0 0 \(Shapes.number(frame.width)) \(Shapes.number(frame.height))",
        "width": Shapes.number(frame.width), "height": Shapes.number(frame.height),
      ], parts)
  }

  private func axes(_ frame: ChartFrame, _ axis: LogAxis) -> [Markup] {
    var parts: [Markup] = []
    for value in axis.ticks(gap: 52 / (frame.plotRight - frame.left)) {
      let x = frame.x(axis.place(value))
      parts.append(Shapes.line("grid", x, frame.top, x, frame.plotBottom))
      parts.append(Shapes.text("tick", x, frame.plotBottom + 17, Self.short(value), anchor: "middle"))
    }
    let middle = (frame.left + frame.plotRight) / 2
    parts.append(Shapes.text("axis", middle, frame.height - 6, "one query: p50, p95, p99", anchor: "middle"))
    return [.tag("g", ["aria-hidden": "true"], parts)]
  }

  private func row(
    _ engine: EngineRecord, _ point: CurvePoint?, y: Double, _ frame: ChartFrame, _ axis: LogAxis
  ) -> Markup {
    let style = styles.style(of: engine)
    var parts = [Shapes.text("name", frame.left - 10, y + 4.5, shown(engine.label), anchor: "end")]
    if let point {
      func x(_ value: Double?) -> Double? { value.map { frame.x(axis.place($0)) } }
      var title = PointText.lines(engine, point)
      title[0] += ", the smallest that reaches \(target)"
      var drawn: [Markup] = [.tag("title", [:], text: title.joined(separator: "\n"))]
      if let from = x(point.p50), let to = x(point.p99) { drawn.append(Shapes.line("line own", from, y, to, y)) }
      if let at = x(point.p99) { drawn.append(Shapes.line("line own", at, y - 7, at, y + 7)) }
      if let at = x(point.p95) { drawn.append(Shapes.line("line", at, y - 5, at, y + 5)) }
      if let at = x(point.p50) { drawn.append(Shapes.mark(style, at, y)) }
      parts.append(.tag("g", ["class": "point"], drawn))
    } else {
      parts.append(Shapes.text("tick", frame.left + 6, y + 4, "not reached"))
    }
    return .tag(
      "g",
      [
        "class": "series c\(style.color)", "data-engine": styles.key(of: engine), "role": "img",
        "aria-label": point.map { PointText.lines(engine, $0).joined(separator: ", ") }
          ?? "\(engine.label): recall \(target) not reached",
      ], parts)
  }

  private func shown(_ label: String) -> String {
    label.count > Self.longestName ? label.prefix(Self.longestName - 1) + "…" : label
  }

  /// A tick's label: 20 µs, 1 ms.
  private static func short(_ microseconds: Double) -> String {
    let (value, unit) = microseconds < 1000 ? (microseconds, "µs") : (microseconds / 1000, "ms")
    return "\(NumberText.fixed(value, value < 1 ? 1 : 0)) \(unit)"
  }
}
