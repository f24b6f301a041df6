// SPDX-License-Identifier: Apache-2.0

/// Everything about one data set.
struct DatasetSection {
  private let dataset: ComparedDataset
  private let number: Int
  private let styles: EngineStyles
  private let statesMachine: Bool

  /// - Parameters:
  ///   - number: The place in the report, for anchors.
  ///   - statesMachine: Whether the section says what it was measured on, since other sections were measured on others.
  init(_ dataset: ComparedDataset, number: Int, styles: EngineStyles, statesMachine: Bool) {
    self.dataset = dataset
    self.number = number
    self.styles = styles
    self.statesMachine = statesMachine
  }

  var drawn: Markup {
    let id = "dataset-\(number)"
    let heading = Markup.tag("h2", ["id": id], text: "\(dataset.name): \(dataset.shape.text)")
    let parts = [heading] + facts + curves + latencies + costs + filtered + exact + points + versions
    return .tag("article", ["aria-labelledby": id], parts)
  }

  private var facts: [Markup] {
    var sentences: [String] = []
    if statesMachine, let machine = dataset.machine {
      sentences.append([MachineText.processor(machine), MachineText.system(machine)].joined(separator: " · "))
    }
    var facts: [String] = []
    if let queries = dataset.queries { facts.append("\(NumberText.grouped(queries)) queries") }
    if let settings = dataset.settings { facts.append(MachineText.settings(settings)) }
    if let created = dataset.created { facts.append("measured \(created.prefix(10))") }
    if let version = dataset.version { facts.append("vectorstore-bench \(version)") }
    if !facts.isEmpty { sentences.append(facts.joined(separator: " · ")) }
    var parts = sentences.map { Markup.tag("p", ["class": "note"], text: $0) }
    let alone = dataset.engines.filter { $0.rounds == 0 }.map(\.label)
    if !alone.isEmpty {
      let text = "Measured alone and once, not in turns with others: \(alone.joined(separator: ", "))."
      parts.append(.tag("p", ["class": "warning"], text: text))
    }
    for failure in dataset.failures {
      let text = "Failed: \(failure.engine), \(failure.during): \(failure.message)"
      parts.append(.tag("p", ["class": "warning"], text: text))
    }
    return parts
  }

  private var curves: [Markup] {
    let chart = RecallChart(dataset, title: "Queries a second against recall", styles: styles)
    guard let wide = chart.drawn(.wide), let narrow = chart.drawn(.narrow) else { return [] }
    return [
      .tag("h3", [:], text: "Queries a second against recall"),
      note("Upwards is faster, to the right is more exact; lines join the points that no other of the engine beats."),
      .tag("div", ["class": "for-wide"], [wide]), .tag("div", ["class": "for-narrow"], [narrow]),
      TableSection.drawn(ReportTables.speed(dataset), styles),
    ]
  }

  private var latencies: [Markup] {
    let charts = EngineRecord.recallTargets.compactMap { target in
      LatencyChart(dataset: dataset, target: target, styles: styles).drawn.map {
        figure("At the smallest efSearch that reaches recall \(target)", $0)
      }
    }
    guard !charts.isEmpty else { return [] }
    return [
      .tag("h3", [:], text: "Latency of one query"), .tag("div", ["class": "columns"], charts),
      TableSection.folded(ReportTables.latencies(dataset), styles, summary: "The latencies as a table"),
    ]
  }

  private var costs: [Markup] {
    let panels = CostPanel.all(dataset).compactMap { $0.drawn(styles) }
    guard !panels.isEmpty else { return [] }
    return [
      .tag("h3", [:], text: "What it costs"), .tag("div", ["class": "columns"], panels),
      TableSection.folded(ReportTables.costs(dataset), styles, summary: "Build and size as a table"),
    ]
  }

  private var filtered: [Markup] {
    guard !dataset.filters.isEmpty else { return [] }
    let random = dataset.filters.filter { $0.name == "random" }
    let others = dataset.filters.filter { $0.name != "random" }
    let groups = [("Random filters", random), ("Filters by category", others)]
    var charts: [Markup] = []
    for (title, filters) in groups {
      let pair = [SelectivityChart.Value.recall, .rate].compactMap { value in
        SelectivityChart(dataset: dataset, filters: filters, value: value, styles: styles).drawn
      }
      let names = ["recall", "queries a second"]
      charts += zip(names, pair).map { figure("\(title): \($0)", $1) }
    }
    let curves = dataset.filters.compactMap { filter in
      let name = FilterText.name(filter, categories: dataset.categoryNames)
      return RecallChart(dataset, filter: filter, title: "Filtered by \(name)", styles: styles).drawn(.small)
        .map { figure(name, $0) }
    }
    var parts = [Markup.tag("h3", [:], text: "Filtered search")]
    if !charts.isEmpty {
      let target = FilteredFigures.target
      parts.append(note("Each engine at its smallest efSearch that reaches recall \(target) without a filter."))
      parts.append(.tag("div", ["class": "columns"], charts))
    }
    parts.append(TableSection.drawn(ReportTables.filters(dataset), styles))
    parts.append(
      .tag(
        "details", ["open": "open"],
        [
          .tag("summary", [:], text: "Queries a second against recall, for each filter"),
          .tag("div", ["class": "columns"], curves),
        ]))
    return parts
  }

  private var exact: [Markup] {
    guard !dataset.exact.isEmpty else { return [] }
    return [.tag("h3", [:], text: "Exact search"), TableSection.drawn(ReportTables.exact(dataset), styles)]
  }

  private var points: [Markup] {
    [TableSection.folded(ReportTables.points(dataset), styles, summary: "Every measured point")]
  }

  private var versions: [Markup] {
    [TableSection.folded(ReportTables.versions(dataset), styles, summary: "Versions and parameters")]
  }

  private func note(_ text: String) -> Markup {
    .tag("p", ["class": "note"], text: text)
  }

  private func figure(_ caption: String, _ chart: Markup) -> Markup {
    .tag("figure", [:], [.tag("figcaption", [:], text: caption), chart])
  }
}
