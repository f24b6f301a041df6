// SPDX-License-Identifier: Apache-2.0

/// What a search says of itself, gathered only where it was asked for.
struct SearchTrace {
  private var start: ContinuousClock.Instant?
  private var last: ContinuousClock.Instant?
  private var times = JSONObject()
  private var parts = JSONObject()

  init(isKept: Bool) {
    start = isKept ? ContinuousClock.now : nil
    last = start
  }

  /// Names the time since the last call.
  mutating func lap(_ name: @autoclosure () -> String) {
    guard let last else { return }
    let now = ContinuousClock.now
    times[name()] = Self.milliseconds(now - last)
    self.last = now
  }

  /// Notes what was done.
  mutating func note(_ name: @autoclosure () -> String, _ value: @autoclosure () -> JSONValue) {
    if start != nil { parts[name()] = value() }
  }

  /// The backend's explanation, what was noted, and the times in milliseconds under `times`; nil where none is kept.
  func explanation(backend: JSONObject?) -> JSONObject? {
    guard let start else { return nil }
    var result = (backend ?? [:]).merging(parts)
    var times = (backend?["times"]?.objectValue ?? [:]).merging(times)
    times["total_ms"] = Self.milliseconds(ContinuousClock.now - start)
    result["times"] = .object(times)
    return result
  }

  private static func milliseconds(_ duration: Duration) -> JSONValue {
    let (seconds, attoseconds) = duration.components
    // Microseconds are fine enough, and stay short as text.
    return .double(Double(seconds * 1_000_000 + attoseconds / 1_000_000_000_000) / 1000)
  }
}
