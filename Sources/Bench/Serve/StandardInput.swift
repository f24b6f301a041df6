// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Standard input, read by a thread of its own: waiting for a line holds up nothing, and can be cancelled.
enum StandardInput {
  /// The lines, without their ends. It is to be called once.
  static func lines() -> AsyncStream<String> {
    AsyncStream { continuation in
      Thread.detachNewThread {
        while let line = readLine() { continuation.yield(line) }
        continuation.finish()
      }
    }
  }
}
