// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization

/// Ctrl-C and SIGTERM: the first asks the command to stop, the second ends the process at once.
///
/// A command that is asked to stop finishes the transaction in flight, so that everything it has acknowledged is in the
/// store, and says how far it came.
final class Interruption: Sendable {
  private let count = Mutex(0)

  /// Begins to listen, and makes writing to a closed pipe an error instead of a signal.
  ///
  /// - Returns: what listens; it stops when it is released.
  func start(onFirst stop: @escaping @Sendable () -> Void) -> [any DispatchSourceSignal] {
    signal(SIGPIPE, SIG_IGN)
    return [SIGINT, SIGTERM].map { number in
      // The default action would end the process before the source hears of it.
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global(qos: .userInteractive))
      source.setEventHandler { [self] in
        let earlier = count.withLock { count in
          defer { count += 1 }
          return count
        }
        if earlier > 0 { _exit(CommandError.Exit.interrupted.rawValue) }
        StandardError.note("stopping after what is being written; once more to stop at once")
        stop()
      }
      source.resume()
      return source
    }
  }
}
