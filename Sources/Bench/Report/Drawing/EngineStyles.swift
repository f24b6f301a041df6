// SPDX-License-Identifier: Apache-2.0

/// The styles of all engines of a report, the same in all its data sets.
struct EngineStyles {
  private let styles: [String: EngineStyle]
  /// One record of each engine, in the order in which they are listed.
  let engines: [EngineRecord]

  init(_ datasets: [ComparedDataset]) {
    var seen: Set<String> = []
    engines = datasets.flatMap(\.engines).filter { seen.insert($0.id).inserted }
    // Ours and pgvector have the first two colours whoever else is there.
    var families = [Yardstick.ownFamily, Yardstick.pgvectorFamily]
    var members: [String: Int] = [:]
    var styles: [String: EngineStyle] = [:]
    for engine in engines {
      if !families.contains(engine.family) { families.append(engine.family) }
      let family = families.firstIndex(of: engine.family) ?? 0
      let member = members[engine.family, default: 0]
      members[engine.family] = member + 1
      let marks = EngineStyle.Mark.allCases
      styles[engine.id] = EngineStyle(
        color: family % Palette.light.series.count,
        mark: marks[(family + member) % marks.count],
        isHollow: member % 2 == 1,
        dash: member % EngineStyle.dashes.count,
        isOwn: engine.family == Yardstick.ownFamily)
    }
    self.styles = styles
  }

  /// The style of an engine of the report.
  func style(of engine: EngineRecord) -> EngineStyle {
    styles[engine.id] ?? EngineStyle(color: 7, mark: .circle, isHollow: false, dash: 0, isOwn: false)
  }

  /// A name for the engine that can be an attribute's value and a class: a number.
  func key(of engine: EngineRecord) -> String {
    "e\(engines.firstIndex { $0.id == engine.id } ?? 0)"
  }
}
