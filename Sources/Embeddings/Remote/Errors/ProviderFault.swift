// SPDX-License-Identifier: Apache-2.0

internal import VectorStoreCore

/// A failed request: what to tell, and whether to try again.
struct ProviderFault {
  /// What to tell.
  var error: VectorStoreError
  /// Whether it may pass.
  var mayRetry = false
  /// How long the service asks to wait.
  var delay: Duration?
  /// The most retries for this kind of failure.
  var retryLimit = Int.max

  /// The error after retries that did not help.
  func afterRetries(_ count: Int) -> VectorStoreError {
    guard count > 0 else { return error }
    return VectorStoreError(
      error.code, "\(error.message) (after \(count + 1) requests)", context: error.context)
  }

  /// The error where the service asks for a longer wait than is allowed.
  func asking(toWait delay: Duration) -> VectorStoreError {
    VectorStoreError(
      error.code, "\(error.message) (it asks to wait \(delay.components.seconds) seconds)", context: error.context)
  }
}
