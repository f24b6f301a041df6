// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// What the service counts.
final class ServerMetrics: Sendable {
  struct Key: Hashable, Comparable {
    let method: String
    let route: String

    static func < (a: Key, b: Key) -> Bool { (a.route, a.method) < (b.route, b.method) }
  }

  struct Figures {
    var inFlight = 0
    var times: [Key: Histogram] = [:]
    var answers: [Key: [Int: Int]] = [:]
  }

  private static let methods: Set<String> = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
  private let figures = Mutex(Figures())

  /// What was counted so far.
  var current: Figures { figures.withLock { $0 } }

  func began() { figures.withLock { $0.inFlight += 1 } }

  func ended(method: String, route: String, status: Int, time: Duration) {
    // Whoever invents methods does not make the table grow.
    let key = Key(method: Self.methods.contains(method) ? method : "OTHER", route: route)
    let seconds = time.seconds
    figures.withLock { figures in
      figures.inFlight -= 1
      figures.times[key, default: Histogram()].add(seconds)
      figures.answers[key, default: [:]][status, default: 0] += 1
    }
  }
}
