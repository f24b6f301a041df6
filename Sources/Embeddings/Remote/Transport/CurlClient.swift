// SPDX-License-Identifier: Apache-2.0

/// Sends requests by libcurl.
///
/// One thread drives all transfers; the tasks that wait for them hold none of Swift's. It is started by the first
/// request and ends with the client. Connections are kept and shared.
final class CurlClient: Sendable {
  private let queue: TransferQueue

  /// A client; libcurl must have been prepared.
  init(_ settings: TransferSettings) { queue = TransferQueue(settings) }

  deinit { queue.close() }

  /// Sends a request, and waits for the whole answer.
  ///
  /// - Throws: ``TransferFailure``; `CancellationError` as soon as the task is cancelled, which ends the transfer.
  func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    let identifier = queue.newIdentifier()
    defer { queue.forget(identifier) }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        queue.add(TransferJob(identifier: identifier, request: request, continuation: continuation))
      }
    } onCancel: {
      queue.cancel(identifier)
    }
  }
}
