// SPDX-License-Identifier: Apache-2.0

/// Bars side by side: what every engine needs of something, shorter is better.
struct CostPanel {
  private let title: String
  private let rows: [(engine: EngineRecord, value: Double, text: String)]

  /// Build time, index size and memory.
  static func all(_ dataset: ComparedDataset) -> [CostPanel] {
    let graphs = dataset.graphs
    let build = graphs.compactMap { engine in
      engine.buildSeconds.map { spread in
        (engine, spread.median, "\(NumberText.seconds(spread.median)) s" + others(engine))
      }
    }
    func sizes(_ bytes: (EngineRecord) -> Int?) -> [(engine: EngineRecord, value: Double, text: String)] {
      graphs.compactMap { engine in
        bytes(engine).map {
          (engine, Double($0), "\(NumberText.bytes($0)), \(NumberText.grouped($0 / dataset.n)) a vector")
        }
      }
    }
    return [
      CostPanel(title: "Build", rows: build),
      CostPanel(title: "Index on disk", rows: sizes(\.memory.indexBytes)),
      CostPanel(title: "Resident memory in use", rows: sizes(\.memory.residentBytes)),
    ]
  }

  /// The panel; `nil` where no engine tells the value.
  func drawn(_ styles: EngineStyles) -> Markup? {
    guard let largest = rows.map(\.value).max(), largest > 0 else { return nil }
    let bars = rows.map { engine, value, text in
      let style = styles.style(of: engine)
      let share = NumberText.fixed(value / largest * 100, 1)
      return Markup.tag(
        "div", ["class": "bar series c\(style.color)", "data-engine": styles.key(of: engine)],
        [
          .tag("span", ["class": "label"], text: engine.label),
          .tag(
            "span", ["class": "track"],
            [.tag("span", ["class": style.isHollow ? "fill hollow" : "fill", "style": "width:\(share)%"])]),
          .tag("span", ["class": "value"], text: text),
        ])
    }
    return .tag("section", [:], [.tag("h4", [:], text: title)] + bars)
  }

  private static func others(_ engine: EngineRecord) -> String {
    let others = engine.builds.filter { $0.threads != engine.threads }
      .map { "\(NumberText.seconds($0.spread?.median)) s on \($0.threads) threads" }
    return others.isEmpty ? "" : ", " + others.joined(separator: ", ")
  }
}
