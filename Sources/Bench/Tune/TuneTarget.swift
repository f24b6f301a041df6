// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// What is to be reached.
struct TuneTarget: ParsableArguments {
  /// The same as plain values.
  struct Values: Encodable, Sendable {
    let recall: Double
    let k: Int
    /// Latencies of single queries in milliseconds.
    let p50Milliseconds: Double?
    let p95Milliseconds: Double?

    private enum CodingKeys: String, CodingKey {
      case recall, k
      case p50Milliseconds = "p50_ms"
      case p95Milliseconds = "p95_ms"
    }

    /// Whether searches have to be fast enough, and not only as fast as can be.
    var hasLimit: Bool { p50Milliseconds != nil || p95Milliseconds != nil }

    /// Whether latencies are short enough.
    func isFastEnough(p50: Double, p95: Double) -> Bool {
      p50 <= (p50Milliseconds ?? .infinity) * 1e3 && p95 <= (p95Milliseconds ?? .infinity) * 1e3
    }
  }

  @Option(help: ArgumentHelp("The mean recall@k.", valueName: "x"))
  var recall = 0.95

  @Option(help: ArgumentHelp("How many neighbours a query asks for.", valueName: "n"))
  var k = 10

  @Option(name: .customLong("p50-ms"), help: ArgumentHelp("The longest median of a query's latency.", valueName: "ms"))
  var p50Milliseconds: Double?

  @Option(name: .customLong("p95-ms"), help: ArgumentHelp("The longest 95th percentile of it.", valueName: "ms"))
  var p95Milliseconds: Double?

  init() {}

  func validate() throws {
    guard recall > 0, recall <= 1 else { throw ValidationError("--recall is above 0 and at most 1, not \(recall)") }
    guard 1...1_000 ~= k else { throw ValidationError("--k is from 1 to 1000, not \(k)") }
    for limit in [p50Milliseconds, p95Milliseconds].compactMap({ $0 }) where !(limit > 0) {
      throw ValidationError("--p50-ms and --p95-ms are above 0, not \(limit)")
    }
  }

  /// The values that were given.
  var values: Values {
    Values(recall: recall, k: k, p50Milliseconds: p50Milliseconds, p95Milliseconds: p95Milliseconds)
  }
}
