// SPDX-License-Identifier: Apache-2.0

internal import CCurl

/// Drives the transfers of a client, on its thread.
final class CurlLoop {
  private let queue: TransferQueue
  private let multi: UnsafeMutableRawPointer
  /// Requests that wait for their turn, in the order in which they came.
  private var waiting: [TransferJob] = []
  /// Transfers by their easy handles.
  private var running: [UnsafeMutableRawPointer: CurlTransfer] = [:]

  /// Nil, having failed what the queue holds, where libcurl has no memory.
  init?(_ queue: TransferQueue) {
    guard let multi = curl_multi_init() else {
      queue.giveUp("libcurl has no memory for transfers")
      return nil
    }
    self.queue = queue
    self.multi = multi
    queue.open(LoopWaker(multi))
  }

  deinit { curl_multi_cleanup(multi) }

  /// Runs until the queue is closed.
  func run() {
    while let work = queue.take() {
      waiting += work.added
      if !work.cancelled.isEmpty { cancel(work.cancelled) }
      startTransfers()
      var count: Int32 = 0
      var status = curl_multi_perform(multi, &count)
      finishTransfers()
      // A transfer that ended makes place for one that waits.
      if status == CURLM_OK, waiting.isEmpty || running.count >= queue.settings.maxTransfers {
        status = curl_multi_poll(multi, nil, 0, 60_000, nil)
      }
      guard status == CURLM_OK else { return stop(String(cString: curl_multi_strerror(status))) }
    }
    stop("the client was closed")
  }

  private func startTransfers() {
    while running.count < queue.settings.maxTransfers, !waiting.isEmpty {
      let job = waiting.removeFirst()
      do {
        let transfer = try CurlTransfer(job, queue.settings)
        guard curl_multi_add_handle(multi, transfer.easy) == CURLM_OK else {
          throw TransferFailure(kind: .other, detail: "libcurl cannot start the transfer")
        }
        running[transfer.easy] = transfer
      } catch {
        job.continuation.resume(throwing: error)
      }
    }
  }

  private func finishTransfers() {
    var left: Int32 = 0
    while let message = curl_multi_info_read(multi, &left) {
      guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
      let result = ccurl_result(message)
      guard let transfer = running.removeValue(forKey: easy) else { continue }
      curl_multi_remove_handle(multi, easy)
      transfer.job.continuation.resume(with: transfer.outcome(result))
    }
  }

  private func cancel(_ identifiers: Set<UInt64>) {
    for job in waiting where identifiers.contains(job.identifier) {
      job.continuation.resume(throwing: CancellationError())
    }
    waiting.removeAll { identifiers.contains($0.identifier) }
    for (easy, transfer) in running where identifiers.contains(transfer.job.identifier) {
      curl_multi_remove_handle(multi, easy)
      running[easy] = nil
      transfer.job.continuation.resume(throwing: CancellationError())
    }
  }

  /// Fails what is left.
  private func stop(_ reason: String) {
    for (easy, transfer) in running {
      curl_multi_remove_handle(multi, easy)
      transfer.job.continuation.resume(throwing: TransferFailure(kind: .other, detail: reason))
    }
    running = [:]
    for job in waiting { job.continuation.resume(throwing: TransferFailure(kind: .other, detail: reason)) }
    waiting = []
    queue.giveUp(reason)
  }
}
