// SPDX-License-Identifier: Apache-2.0

/// What filters do, by the share of rows that they allow: recall, or queries a second, at one efSearch for each engine, the
/// smallest that reaches the target without a filter.
struct SelectivityChart {
  enum Value {
    case recall, rate
  }

  let dataset: ComparedDataset
  /// The filters to draw, all random or all by category.
  let filters: [FilterKey]
  let value: Value
  let styles: EngineStyles

  private struct Line {
    let engine: EngineRecord
    let points: [(filter: FilterKey, point: CurvePoint)]
  }

  /// The drawing; `nil` where no engine has two points.
  var drawn: Markup? {
    let lines = dataset.graphs.map { engine in
      let points = filters.sorted { $0.selectivity < $1.selectivity }
        .compactMap { filter in FilteredFigures(engine, filter)?.same.map { (filter, $0) } }
      return Line(engine: engine, points: points)
    }.filter { !$0.points.isEmpty }
    let points = lines.flatMap(\.points)
    guard Set(points.map(\.filter)).count >= 2 else { return nil }
    let frame = ChartFrame.small
    let across = LogAxis(points.map(\.filter.selectivity))
    let rates = LogAxis(points.map(\.point.qps))
    let height: (CurvePoint) -> Double = { value == .recall ? $0.recall : rates.place($0.qps) }
    var parts = axes(frame, across, rates)
    parts += lines.reversed().map { series($0, frame, across, height) }
    return .tag(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "class": "chart", "role": "group",
        "aria-label": name + " by selectivity",
        "viewBox": "0 0 \(Shapes.number(frame.width)) \(Shapes.number(frame.height))",
        "width": Shapes.number(frame.width), "height": Shapes.number(frame.height),
      ], parts)
  }

  private var name: String {
    switch value {
    case .recall: "recall"
    case .rate: "queries a second"
    }
  }

  private func axes(_ frame: ChartFrame, _ across: LogAxis, _ rates: LogAxis) -> [Markup] {
    var parts: [Markup] = []
    for share in across.ticks(gap: 56 / (frame.plotRight - frame.left)) where share <= 1 {
      let x = frame.x(across.place(share))
      parts.append(Shapes.line("grid", x, frame.top, x, frame.plotBottom))
      parts.append(Shapes.text("tick", x, frame.plotBottom + 17, NumberText.percent(share), anchor: "middle"))
    }
    switch value {
    case .recall:
      for recall in [0, 0.2, 0.4, 0.6, 0.8, 1] {
        let y = frame.y(recall)
        parts.append(Shapes.line("grid", frame.left, y, frame.plotRight, y))
        parts.append(Shapes.text("tick", frame.left - 7, y + 4, NumberText.fixed(recall, 1), anchor: "end"))
      }
    case .rate:
      for rate in rates.ticks(gap: 20 / (frame.plotBottom - frame.top)) {
        let y = frame.y(rates.place(rate))
        parts.append(Shapes.line("grid", frame.left, y, frame.plotRight, y))
        parts.append(Shapes.text("tick", frame.left - 7, y + 4, NumberText.rate(rate), anchor: "end"))
      }
    }
    let middle = (frame.left + frame.plotRight) / 2
    parts.append(Shapes.text("axis", middle, frame.height - 8, "share of rows allowed", anchor: "middle"))
    parts.append(ChartAxis.upright(name, frame))
    return [.tag("g", ["aria-hidden": "true"], parts)]
  }

  private func series(_ line: Line, _ frame: ChartFrame, _ across: LogAxis, _ height: (CurvePoint) -> Double) -> Markup
  {
    let style = styles.style(of: line.engine)
    let places = line.points.map { (x: frame.x(across.place($0.filter.selectivity)), y: frame.y(height($0.point))) }
    let marks = zip(line.points, places).map { entry, place in
      let text =
        [FilterText.name(entry.filter, categories: dataset.categoryNames)]
        + PointText.lines(line.engine, entry.point)
      return Markup.tag(
        "g", ["class": "point"],
        [.tag("title", [:], text: text.joined(separator: "\n")), Shapes.mark(style, place.x, place.y)])
    }
    return .tag(
      "g",
      [
        "class": "series c\(style.color)", "data-engine": styles.key(of: line.engine), "role": "img",
        "aria-label": PointText.summary(line.engine, line.points.map(\.point)),
      ], [Shapes.polyline(style.lineClasses, places)] + marks)
  }
}
