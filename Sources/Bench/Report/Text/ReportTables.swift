// SPDX-License-Identifier: Apache-2.0

/// The tables that the Markdown and the page share.
enum ReportTables {
  /// Queries a second at each recall, against the yardsticks; build and memory.
  static func speed(_ dataset: ComparedDataset) -> ReportTable {
    let records = dataset.graphs
    let targets = EngineRecord.recallTargets
    let yardsticks = Yardstick.among(records)
    let parallel = parallelThreads(records)
    var heads = ["engine"] + targets.map { "queries/s at recall \($0)" } + yardsticks.map { "× \($0.title)" }
    heads += ["highest recall", "build, s"] + parallel.map { "build, \($0) threads, s" }
    heads += ["resident bytes a vector"]
    var table = ReportTable(title: "Speed at a recall", heads: heads)
    for record in records {
      let rates = targets.map { record.rate(at: $0) }
      var cells = [record.label] + rates.map(text(of:))
      cells += yardsticks.map { yardstick in
        zip(rates, targets)
          .map { NumberText.ratio($0?.median, to: yardstick.rate(at: $1)) }
          .joined(separator: " / ")
      }
      cells.append(record.points(nil).map(\.recall).max().map { NumberText.fixed($0, 4) } ?? NumberText.none)
      cells.append(NumberText.seconds(record.buildSeconds?.median))
      cells += parallel.map { threads in
        NumberText.seconds(record.builds.first { $0.threads == threads }?.spread?.median)
      }
      cells.append(perVector(record.memory.residentBytes, dataset))
      table.rows.append(.init(engine: record, cells: cells))
    }
    return table
  }

  /// Exact search: one at a time and in one batch.
  static func exact(_ dataset: ComparedDataset) -> ReportTable {
    var table = ReportTable(
      title: "Exact search",
      heads: ["exact search", "queries/s one at a time", "queries/s in one batch", "median, ms"])
    for record in dataset.exact {
      guard let point = record.points(nil).first else { continue }
      let cells = [
        record.label, NumberText.rate(point.qpsSingle), NumberText.rate(point.qpsBatch),
        point.p50.map { NumberText.fixed($0 / 1000, 2) } ?? NumberText.none,
      ]
      table.rows.append(.init(engine: record, cells: cells))
    }
    return table
  }

  /// What each filter does to each engine.
  static func filters(_ dataset: ComparedDataset) -> ReportTable {
    let rival = Yardstick.filtered(among: dataset.graphs)
    let target = FilteredFigures.target
    var heads = [
      "filter", "engine", "recall at the efSearch for \(target) unfiltered", "queries/s at recall \(target)",
    ]
    heads += rival.map { ["× \($0.label)"] } ?? []
    var table = ReportTable(title: "Filtered search", heads: heads, wordColumns: 2)
    for filter in dataset.filters {
      let reference = rival.flatMap { FilteredFigures($0, filter) }
      for record in dataset.graphs {
        guard let figures = FilteredFigures(record, filter) else { continue }
        var cells = [FilterText.name(filter, categories: dataset.categoryNames), record.label]
        cells.append(figures.same.map { NumberText.fixed($0.recall, 3) } ?? NumberText.none)
        cells.append(
          figures.qpsAtTarget.map(NumberText.rate)
            ?? "not reached; \(NumberText.fixed(figures.best.recall, 3)) at \(NumberText.rate(figures.best.qps))")
        if rival != nil { cells.append(NumberText.ratio(figures.rate, to: reference?.rate)) }
        table.rows.append(.init(engine: record, cells: cells))
      }
    }
    return table
  }

  /// Every measured point.
  static func points(_ dataset: ComparedDataset) -> ReportTable {
    var table = ReportTable(
      title: "Every point",
      heads: [
        "engine", "filter", "efSearch", "recall", "recall, p5", "queries/s", "lowest", "highest", "p50", "p95", "p99",
      ],
      wordColumns: 2)
    for record in dataset.engines {
      for point in record.points {
        let name = point.filter.map { FilterText.name($0, categories: dataset.categoryNames) } ?? "none"
        let cells = [
          record.label, name, point.ef == 0 ? "exact" : String(point.ef), NumberText.fixed(point.recall, 4),
          point.recallP5.map { NumberText.fixed($0, 2) } ?? NumberText.none,
          NumberText.rate(point.qps), NumberText.rate(point.qpsMin), NumberText.rate(point.qpsMax),
          NumberText.latency(microseconds: point.p50), NumberText.latency(microseconds: point.p95),
          NumberText.latency(microseconds: point.p99),
        ]
        table.rows.append(.init(engine: record, cells: cells))
      }
    }
    return table
  }

  /// The latencies at the smallest efSearch that reaches each recall.
  static func latencies(_ dataset: ComparedDataset) -> ReportTable {
    var heads = ["engine"]
    for target in EngineRecord.recallTargets {
      heads += ["recall \(target) at efSearch", "p50", "p95", "p99"]
    }
    var table = ReportTable(title: "Latency", heads: heads)
    for record in dataset.graphs {
      var cells = [record.label]
      for target in EngineRecord.recallTargets {
        let point = LatencyPoint.of(record, reaching: target)
        cells.append(point.map { String($0.ef) } ?? NumberText.none)
        cells += [point?.p50, point?.p95, point?.p99].map { NumberText.latency(microseconds: $0) }
      }
      table.rows.append(.init(engine: record, cells: cells))
    }
    return table
  }

  /// What building took and what the index needs.
  static func costs(_ dataset: ComparedDataset) -> ReportTable {
    var table = ReportTable(
      title: "Build and size",
      heads: [
        "engine", "build, s", "on more threads, s", "index on disk", "resident in use", "with the rows, too", "to open",
      ])
    for record in dataset.graphs {
      let more = record.builds.filter { $0.threads != record.threads }
        .map { "\(NumberText.seconds($0.spread?.median)) (\($0.threads))" }
      let cells = [
        record.label, spread(record.buildSeconds), more.isEmpty ? NumberText.none : more.joined(separator: ", "),
        NumberText.bytes(record.memory.indexBytes), NumberText.bytes(record.memory.residentBytes),
        NumberText.bytes(record.memory.residentWithRowsBytes),
        NumberText.latency(microseconds: record.memory.openSeconds.map { $0 * 1e6 }),
      ]
      table.rows.append(.init(engine: record, cells: cells))
    }
    return table
  }

  /// Which version of each engine, and what it was built with.
  static func versions(_ dataset: ComparedDataset) -> ReportTable {
    var table = ReportTable(
      title: "Versions", heads: ["engine", "reported as", "version", "storage", "parameters", "rounds"], wordColumns: 6)
    for record in dataset.engines {
      let parameters = record.params.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.text)" }
      let cells = [
        record.label, record.engine, version(record), record.storage, parameters.joined(separator: ", "),
        record.rounds == 0 ? "alone, once" : String(record.rounds),
      ]
      table.rows.append(.init(engine: record, cells: cells))
    }
    return table
  }

  private static func version(_ record: EngineRecord) -> String {
    guard let server = record.server else { return record.version }
    return [server.pgvector.map { "pgvector \($0)" }, server.version].compactMap { $0 }.joined(separator: " on ")
  }

  private static func text(of rate: RecallRate?) -> String {
    guard let rate else { return NumberText.none }
    let spread = "\(NumberText.rate(rate.median)) (\(NumberText.rate(rate.min))–\(NumberText.rate(rate.max)))"
    return rate.isLowerBound ? "≥ \(spread)" : spread
  }

  private static func spread(_ spread: Spread?) -> String {
    guard let spread else { return NumberText.none }
    let median = NumberText.seconds(spread.median)
    guard spread.min < spread.max else { return median }
    return "\(median) (\(NumberText.seconds(spread.min))–\(NumberText.seconds(spread.max)))"
  }

  private static func perVector(_ bytes: Int?, _ dataset: ComparedDataset) -> String {
    bytes.map { NumberText.grouped($0 / dataset.n) } ?? NumberText.none
  }

  /// The numbers of threads that indices were built on beside the engines' own.
  private static func parallelThreads(_ records: [EngineRecord]) -> [Int] {
    Set(records.flatMap { record in record.builds.map(\.threads).filter { $0 != record.threads } }).sorted()
  }
}
