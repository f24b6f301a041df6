// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization

/// Ctrl-C and SIGTERM: the first asks the command to stop, the second ends the process at once.
///
/// A command that is asked to stop finishes the transaction in flight, so that everything it has acknowledged is in the
/// store, and says how far it came.
final class Interruption: Sendable {
  private let count = Mutex(0)
  // Sources stop when they are released; only `start` writes it, before any signal.
  private let sources = Mutex<[any DispatchSourceSignal]>([])

  /// Whether the command has been asked to stop.
  var isRequested: Bool { count.withLock { $0 > 0 } }

  /// Begins to listen, and makes writing to a closed pipe an error instead of a signal.
  func start(onFirst stop: @escaping @Sendable () -> Void) {
    signal(SIGPIPE, SIG_IGN)
    for number in [SIGINT, SIGTERM] {
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
      sources.withLock { $0.append(source) }
    }
  }
}
