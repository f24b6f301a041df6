// SPDX-License-Identifier: Apache-2.0

internal import VectorStoreCore

extension RemoteEmbedder.Options {
  /// Refuses what makes no sense.
  ///
  /// - Throws: ``VectorStoreError/Code/invalidArgument``.
  func check() throws {
    try check("dimensions", dimensions, 1...16_000)
    try check("knownDimension", knownDimension, 1...16_000)
    try check("batchSize", batchSize, 1...100_000)
    try check("maxTokensPerText", maxTokensPerText, 1...Int.max)
    try check("maxTokensPerRequest", maxTokensPerRequest, 1...Int.max)
    try check("concurrency", concurrency, 1...256)
    try check("retry.count", retry.count, 0...100)
    for (name, duration) in [
      ("connect", timeouts.connect), ("request", timeouts.request), ("silence", timeouts.silence),
    ] where duration <= .zero {
      throw VectorStoreError(.invalidArgument, "the timeout \(name) must be longer than nothing")
    }
    guard retry.firstDelay >= .zero, retry.longestDelay >= .zero, retry.longestRequestedDelay >= .zero else {
      throw VectorStoreError(.invalidArgument, "the waits between retries cannot be negative")
    }
    if let dimensions, let knownDimension, dimensions != knownDimension {
      throw VectorStoreError(
        .invalidArgument, "dimensions is \(dimensions) and knownDimension is \(knownDimension): give one of them")
    }
    if let proxy, proxy.utf8.contains(0) { throw VectorStoreError(.invalidArgument, "the proxy is no URL") }
  }

  private func check(_ name: String, _ value: Int?, _ range: ClosedRange<Int>) throws {
    guard let value, !range.contains(value) else { return }
    let allowed = range.upperBound == .max ? "at least 1" : "from \(range.lowerBound) to \(range.upperBound)"
    throw VectorStoreError(.invalidArgument, "\(name) is \(value); it must be \(allowed)")
  }
}
