// SPDX-License-Identifier: Apache-2.0

/// What `verify --json` writes.
struct VerifyResult: Encodable {
  struct Count: Encodable {
    let suite: String
    let type: String
    let `operator`: String
    let comparisons: Int
  }

  let postgresql: String
  let pgvector: String
  let seed: UInt64
  let seconds: Double
  let interrupted: Bool
  /// Pairs, queries, … by suite.
  let units: [String: Int]
  let cases: [String: Int]
  let counts: [Count]
  let leftOut: [String]
  let refusals: [VerifyRefusal]
  let disagreements: Int
  let listed: [VerifyDisagreement]
  let machine = Machine.current

  init(_ server: VerifyServer, _ tally: VerifyTally, seed: UInt64, seconds: Double, isInterrupted: Bool) {
    (postgresql, pgvector) = (server.version, server.pgvector)
    (self.seed, self.seconds, interrupted) = (seed, seconds, isInterrupted)
    units = Dictionary(uniqueKeysWithValues: tally.units.map { ($0.rawValue, $1) })
    cases = Dictionary(uniqueKeysWithValues: tally.cases.map { ($0.rawValue, $1) })
    counts = tally.comparisons.map {
      Count(suite: $0.suite.rawValue, type: $0.type, operator: $0.operation, comparisons: $1)
    }.sorted { ($0.suite, $0.type, $0.operator) < ($1.suite, $1.type, $1.operator) }
    leftOut = server.lacking
    refusals = tally.refusals
    disagreements = tally.disagreementCount
    listed = tally.disagreements
  }

  private enum CodingKeys: String, CodingKey {
    case postgresql, pgvector, seed, seconds, interrupted, units, cases, counts
    case leftOut = "left_out"
    case refusals, disagreements, listed, machine
  }

  /// For a person.
  var text: String {
    var lines = ["PostgreSQL \(postgresql), pgvector \(pgvector), seed \(seed), \(Int(seconds.rounded())) s"]
    lines += counts.map { count in
      let columns = [(count.suite, 9), (count.type, 11), (count.operator, 14)].map { text, width in
        text + String(repeating: " ", count: max(1, width - text.count))
      }
      let number = String(count.comparisons)
      return columns.joined() + String(repeating: " ", count: max(0, 12 - number.count)) + number
    }
    for refusal in refusals {
      lines.append("refused: \(refusal.type), \(refusal.input)")
      lines.append("  engine:   \(refusal.engine ?? "TAKEN")")
      lines.append("  pgvector: \(refusal.pgvector ?? "TAKEN")")
    }
    if !leftOut.isEmpty { lines.append("left out, as this pgvector has none: \(leftOut.joined(separator: "; "))") }
    for name in VerifySuiteName.allCases {
      if let number = units[name.rawValue] {
        lines.append("\(number) \(name.unit) in \(cases[name.rawValue] ?? 0) cases")
      }
    }
    for disagreement in listed {
      lines.append("\(disagreement.suite.rawValue): \(disagreement.what); replay with \(disagreement.replay)")
      lines.append("  of:       \(disagreement.input)")
      lines.append("  expected: \(disagreement.expected)")
      lines.append("  engine:   \(disagreement.engine)")
      lines.append("  pgvector: \(disagreement.pgvector)")
    }
    if disagreements > listed.count { lines.append("… and \(disagreements - listed.count) more") }
    if interrupted { lines.append("interrupted before its end") }
    lines.append("disagreements: \(disagreements)")
    return lines.joined(separator: "\n")
  }
}
