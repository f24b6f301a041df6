// SPDX-License-Identifier: Apache-2.0

/// `results.csv`: a line for each point, its engine's figures repeated.
package enum CSVTable {
  private static let heads = [
    "dataset", "id", "label", "engine", "version", "storage", "threads", "build_seconds", "index_bytes",
    "resident_bytes",
    "filter", "selectivity", "ef", "recall", "qps", "qps_min", "qps_max", "qps_single", "qps_batch", "p50_us", "p95_us",
    "p99_us",
  ]

  /// The text, with lines that end in a line feed.
  package static func text(_ datasets: [ComparedDataset]) -> String {
    var lines = [line(heads)]
    for dataset in datasets {
      for engine in dataset.engines {
        let shared =
          [dataset.name, engine.id, engine.label, engine.engine, engine.version, engine.storage]
          + cells([engine.threads, engine.buildSeconds?.median, engine.memory.indexBytes, engine.memory.residentBytes])
        lines += engine.points.map { line(shared + cells(of: $0)) }
      }
    }
    return lines.joined()
  }

  /// One line. A cell with a comma, a quotation mark or a line's end is quoted, as RFC 4180 has it.
  package static func line(_ cells: [String]) -> String {
    cells.map(escaped).joined(separator: ",") + "\n"
  }

  private static func cells(of point: CurvePoint) -> [String] {
    cells([
      point.filter?.name, point.filter?.selectivity, point.ef, point.recall, point.qps, point.qpsMin, point.qpsMax,
      point.qpsSingle, point.qpsBatch, point.p50, point.p95, point.p99,
    ])
  }

  private static func cells(_ values: [(any CustomStringConvertible)?]) -> [String] {
    values.map { $0?.description ?? "" }
  }

  private static func escaped(_ cell: String) -> String {
    let isPlain = !cell.utf8.contains { [UInt8(ascii: ","), UInt8(ascii: "\""), 10, 13].contains($0) }
    return isPlain ? cell : "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }
}
