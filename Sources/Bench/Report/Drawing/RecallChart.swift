// SPDX-License-Identifier: Apache-2.0

/// Queries a second against recall, on a logarithmic scale; each engine's line is its Pareto front, its other points are
/// faint.
struct RecallChart {
  let curves: [(engine: EngineRecord, points: [CurvePoint])]
  /// For who can't see the chart.
  let title: String
  let styles: EngineStyles

  /// The curves of a data set's engines, among all rows or with a filter.
  init(_ dataset: ComparedDataset, filter: FilterKey? = nil, title: String, styles: EngineStyles) {
    curves = dataset.graphs.map { ($0, $0.points(filter)) }.filter { !$0.points.isEmpty }
    self.title = title
    self.styles = styles
  }

  /// The drawing; `nil` where there is nothing to draw.
  func drawn(_ frame: ChartFrame) -> Markup? {
    guard !curves.isEmpty else { return nil }
    var frame = frame
    if frame.hasNames { frame.right = NameColumn.width(curves.map(\.engine)) }
    let points = curves.flatMap(\.points)
    let across = RecallAxis(points.map(\.recall))
    let up = LogAxis(points.flatMap { [$0.qpsMin, $0.qpsMax] })
    var parts = axes(frame, across, up)
    parts += curves.reversed().map { series($0.engine, $0.points, frame, across, up) }
    if frame.hasNames { parts += names(frame, across, up) }
    return .tag(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "class": "chart", "role": "group", "aria-label": title,
        "viewBox": "0 0 \(Shapes.number(frame.width)) \(Shapes.number(frame.height))",
        "width": Shapes.number(frame.width), "height": Shapes.number(frame.height),
      ], parts)
  }

  private func axes(_ frame: ChartFrame, _ across: RecallAxis, _ up: LogAxis) -> [Markup] {
    var parts: [Markup] = []
    for tick in across.ticks(gap: 38 / (frame.plotRight - frame.left)) {
      let x = frame.x(across.place(tick.recall))
      let isTarget = EngineRecord.recallTargets.contains(tick.recall)
      parts.append(Shapes.line(isTarget ? "guide" : "grid", x, frame.top, x, frame.plotBottom))
      if let label = tick.label { parts.append(Shapes.text("tick", x, frame.plotBottom + 17, label, anchor: "middle")) }
    }
    for value in up.ticks(gap: 20 / (frame.plotBottom - frame.top)) {
      let y = frame.y(up.place(value))
      parts.append(Shapes.line("grid", frame.left, y, frame.plotRight, y))
      parts.append(Shapes.text("tick", frame.left - 7, y + 4, NumberText.rate(value), anchor: "end"))
    }
    let middle = (frame.left + frame.plotRight) / 2
    let note = frame.width > 600 ? "recall (each further nine has the same width)" : "recall"
    parts.append(Shapes.text("axis", middle, frame.height - 8, note, anchor: "middle"))
    parts.append(ChartAxis.upright("queries a second", frame))
    return [.tag("g", ["aria-hidden": "true"], parts)]
  }

  private func series(
    _ engine: EngineRecord, _ points: [CurvePoint], _ frame: ChartFrame, _ across: RecallAxis, _ up: LogAxis
  ) -> Markup {
    let style = styles.style(of: engine)
    let front = ParetoFront.of(points)
    let line = front.map { (x: frame.x(across.place($0.recall)), y: frame.y(up.place($0.qps))) }
    let marks = points.map { point in
      let x = frame.x(across.place(point.recall))
      let whisker = Shapes.line("whisker", x, frame.y(up.place(point.qpsMin)), x, frame.y(up.place(point.qpsMax)))
      let mark = Shapes.mark(style, x, frame.y(up.place(point.qps)))
      let title = Markup.tag("title", [:], text: PointText.lines(engine, point).joined(separator: "\n"))
      return Markup.tag("g", ["class": front.contains(point) ? "point" : "point faint"], [title, whisker, mark])
    }
    return .tag(
      "g",
      [
        "class": "series c\(style.color)", "data-engine": styles.key(of: engine), "role": "img",
        "aria-label": PointText.summary(engine, points),
      ], [Shapes.polyline(style.lineClasses, line)] + marks)
  }

  private func names(_ frame: ChartFrame, _ across: RecallAxis, _ up: LogAxis) -> [Markup] {
    let ends = curves.compactMap { engine, points in
      ParetoFront.of(points).last.map {
        NameColumn.Name(engine: engine, x: frame.x(across.place($0.recall)), y: frame.y(up.place($0.qps)))
      }
    }
    return [.tag("g", ["aria-hidden": "true"], NameColumn.drawn(ends, frame, styles))]
  }
}
