// SPDX-License-Identifier: Apache-2.0

internal import CCurl

/// Wakes a loop that waits for its transfers.
///
/// Sendable because `curl_multi_wakeup` is the one call that libcurl allows from any thread while others use the handle;
/// nothing else is done with it here. The queue forgets it before the handle is cleaned up.
struct LoopWaker: @unchecked Sendable {
  private let multi: UnsafeMutableRawPointer

  init(_ multi: UnsafeMutableRawPointer) { self.multi = multi }

  func wake() { curl_multi_wakeup(multi) }
}
