// SPDX-License-Identifier: Apache-2.0

/// How often one request has been sent, and when it is sent again.
struct RetryPlan {
  /// What is to happen after a failure.
  enum Step: Hashable {
    case wait(Duration)
    case giveUp
    /// The service asks for a longer wait than is allowed.
    case tooLong(Duration)
  }

  let retry: RemoteEmbedder.Retry
  let waiting: Waiting
  /// Retries so far.
  private(set) var count = 0

  init(_ retry: RemoteEmbedder.Retry, _ waiting: Waiting) {
    self.retry = retry
    self.waiting = waiting
  }

  /// The step after a failure that may pass.
  ///
  /// - Parameter limit: the most retries for this kind of failure, if it is less than for others.
  mutating func next(_ requested: Duration?, limit: Int = .max) -> Step {
    guard count < min(retry.count, limit) else { return .giveUp }
    if let requested, requested > retry.longestRequestedDelay { return .tooLong(requested) }
    defer { count += 1 }
    if let requested { return .wait(requested) }
    // 2⁶⁰ times the first wait is far beyond any longest one.
    let doublings = min(count, 60)
    var delay = retry.firstDelay
    for _ in 0..<doublings where delay < retry.longestDelay { delay *= 2 }
    return .wait(min(delay, retry.longestDelay) * (1 - waiting.chance() / 4))
  }
}
