// SPDX-License-Identifier: Apache-2.0

#if Metrics
  internal import Metrics
#endif

/// The pool's figures as swift-metrics: gauges `vectorstore_postgres_pool_{size,idle,in_use,waiting}`, the timer
/// `vectorstore_postgres_pool_wait`, and counters `…_{timeouts,refused,connect_failures,broken}_total`, with the dimension `pool`.
struct PoolMetrics: Sendable {
  #if Metrics
    private let size: Gauge
    private let idle: Gauge
    private let inUse: Gauge
    private let waiting: Gauge
    private let wait: Metrics.Timer
    private let timeouts: Counter
    private let refused: Counter
    private let connectFailures: Counter
    private let broken: Counter
  #endif

  init(name: String) {
    #if Metrics
      let prefix = "vectorstore_postgres_pool_"
      let dimensions = [("pool", name)]
      size = Gauge(label: prefix + "size", dimensions: dimensions)
      idle = Gauge(label: prefix + "idle", dimensions: dimensions)
      inUse = Gauge(label: prefix + "in_use", dimensions: dimensions)
      waiting = Gauge(label: prefix + "waiting", dimensions: dimensions)
      wait = Metrics.Timer(label: prefix + "wait", dimensions: dimensions)
      timeouts = Counter(label: prefix + "timeouts_total", dimensions: dimensions)
      refused = Counter(label: prefix + "refused_total", dimensions: dimensions)
      connectFailures = Counter(label: prefix + "connect_failures_total", dimensions: dimensions)
      broken = Counter(label: prefix + "broken_total", dimensions: dimensions)
    #endif
  }

  /// Reports the figures, and what happened since the ones before.
  func note(_ now: PoolStatistics, since before: PoolStatistics) {
    #if Metrics
      size.record(now.size)
      idle.record(now.idle)
      inUse.record(now.inUse)
      waiting.record(now.waiting)
      Self.add(now.timeouts - before.timeouts, to: timeouts)
      Self.add(now.refused - before.refused, to: refused)
      Self.add(now.connectFailures - before.connectFailures, to: connectFailures)
      Self.add(now.broken - before.broken, to: broken)
    #endif
  }

  /// Reports how long a task waited for a connection.
  func note(wait duration: Duration) {
    #if Metrics
      let (seconds, attoseconds) = duration.components
      wait.recordNanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    #endif
  }

  #if Metrics
    private static func add(_ amount: Int, to counter: Counter) {
      if amount > 0 { counter.increment(by: amount) }
    }
  #endif
}
