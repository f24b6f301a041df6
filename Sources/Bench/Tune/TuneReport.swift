// SPDX-License-Identifier: Apache-2.0

/// What was tried and chosen, as text and as JSON.
struct TuneReport: Encodable {
  let workload: Workload
  let engine: String
  let target: TuneTarget.Values
  let outcome: TuneOutcome
  /// What to run.
  let statements: [String]

  private enum CodingKeys: String, CodingKey {
    case engine, version, dataset, n, dim, metric, target, queries, tried, chosen, reached, statements, machine
  }

  private struct Queries: Encodable {
    let choosing: Int
    let heldOut: Int

    private enum CodingKeys: String, CodingKey {
      case choosing
      case heldOut = "held_out"
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(engine, forKey: .engine)
    try container.encode(BenchCommand.version, forKey: .version)
    try container.encode(workload.name, forKey: .dataset)
    try container.encode(workload.base.count, forKey: .n)
    try container.encode(workload.base.dimension, forKey: .dim)
    try container.encode(workload.metricName.rawValue, forKey: .metric)
    try container.encode(target, forKey: .target)
    let count = workload.queries.count
    try container.encode(Queries(choosing: (count + 1) / 2, heldOut: count / 2), forKey: .queries)
    try container.encode(outcome.trials, forKey: .tried)
    try container.encodeIfPresent(outcome.chosen, forKey: .chosen)
    try container.encode(outcome.isReached, forKey: .reached)
    try container.encode(statements, forKey: .statements)
    try container.encode(Machine.current, forKey: .machine)
  }

  /// The heads of the columns that ``line(_:)`` has.
  static var heads: String { columns.map { pad($0.head, to: $0.width) }.joined(separator: "  ") }

  /// What the trials come to, for a person.
  var conclusion: String {
    var lines: [String] = [""]
    if let chosen = outcome.chosen, let heldOut = chosen.heldOut {
      lines.append(
        "Chosen: \(chosen.design.summary), \(chosen.design.widthName) \(chosen.width). On queries that it was not chosen by: "
          + "recall@\(target.k) \(Self.number(heldOut.recall, 4)) (± \(Self.number(heldOut.standardError, 4))), 5th percentile "
          + "\(Self.number(heldOut.recallP5, 2)), p50 \(Self.milliseconds(heldOut.p50Microseconds)) ms, "
          + "p95 \(Self.milliseconds(heldOut.p95Microseconds)) ms")
      if !outcome.isReached {
        lines.append(
          "That is below \(target.recall): the queries that chose it were easier. More queries tell more (--sample-queries)."
        )
      } else if heldOut.recall < target.recall {
        lines.append(
          "What it lacks of \(target.recall) is within what the choice of queries makes. More queries tell more (--sample-queries)."
        )
      }
      lines += [""] + statements
    } else if let nearest = outcome.nearest {
      lines.append(
        "Nothing that was tried reaches the target. Nearest: \(nearest.design.summary), \(nearest.design.widthName) "
          + "\(nearest.width): recall@\(target.k) \(Self.number(nearest.measured.recall, 4)), "
          + "p50 \(Self.milliseconds(nearest.measured.p50Microseconds)) ms, "
          + "p95 \(Self.milliseconds(nearest.measured.p95Microseconds)) ms (\(nearest.outcome.rawValue))")
    }
    return lines.joined(separator: "\n")
  }

  /// A trial as a line of the table.
  static func line(_ trial: TuneTrial) -> String {
    let cells = [
      trial.design.summary, String(trial.width), number(trial.measured.recall, 4), number(trial.measured.recallP5, 2),
      milliseconds(trial.measured.p50Microseconds), milliseconds(trial.measured.p95Microseconds),
      number(trial.buildSeconds, 1), trial.indexBytes.map { number(Double($0) / 1e6, 1) } ?? "-",
      trial.outcome.rawValue,
    ]
    return zip(cells, columns).map { pad($0, to: $1.width) }.joined(separator: "  ")
  }

  private static let columns: [(head: String, width: Int)] = [
    ("index", 40), ("width", 6), ("recall", 7), ("p5", 5), ("p50 ms", 8), ("p95 ms", 8), ("build s", 8), ("MB", 8),
    ("", 0),
  ]

  private static func pad(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private static func milliseconds(_ microseconds: Double) -> String { number(microseconds / 1e3, 3) }

  private static func number(_ value: Double, _ digits: Int) -> String { Table.number(value, digits: digits) }
}
