// SPDX-License-Identifier: Apache-2.0

/// What an answer says about being asked again.
struct RetryAdvice: Sendable, Hashable {
  /// Whether the request may be sent again.
  var mayRetry: Bool
  /// How long the service asks to wait.
  var delay: Duration?

  /// By status and headers.
  ///
  /// - Parameter now: seconds since 1970, for a date without the server's own time beside it.
  init(_ response: HTTPResponse, now: Int) {
    switch response.headers["x-should-retry"]?.lowercased() {
    case "true": mayRetry = true
    case "false": mayRetry = false
    default: mayRetry = [408, 409, 429].contains(response.status) || (500..<600).contains(response.status)
    }
    delay = Self.delay(response, now: now)
  }

  private static func delay(_ response: HTTPResponse, now: Int) -> Duration? {
    if let text = response.headers["retry-after-ms"], let milliseconds = Double(text) {
      return duration(seconds: milliseconds / 1_000)
    }
    guard let text = response.headers["retry-after"] else { return nil }
    if let seconds = Double(text) { return duration(seconds: seconds) }
    guard let date = CurlLibrary.seconds(ofDate: text) else { return nil }
    // Against the server's clock, which need not be ours.
    let start = response.headers["date"].flatMap { CurlLibrary.seconds(ofDate: $0) } ?? now
    return duration(seconds: Double(date) - Double(start))
  }

  /// A wait that makes sense: not one in the past, and none of a year or more.
  private static func duration(seconds: Double) -> Duration? {
    seconds > 0 ? .seconds(min(seconds, 31_536_000)) : nil
  }
}
