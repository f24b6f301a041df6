// SPDX-License-Identifier: Apache-2.0

/// A request and who waits for its answer.
struct TransferJob: Sendable {
  /// Tells it from others of its client.
  let identifier: UInt64
  /// What is sent.
  let request: HTTPRequest
  /// Who waits; to be resumed once.
  let continuation: CheckedContinuation<HTTPResponse, any Error>
}
