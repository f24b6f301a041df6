// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Ctrl-C, and a request to end: whoever waits for an engine is woken. A second one ends the command at once, by the
/// system's own rule.
final class InterruptPipe: Sendable {
  private static let signals = [SIGINT, SIGTERM, SIGHUP]

  private let pipe = Pipe()
  // A source is only made, resumed and cancelled here; it is safe to share, but not marked so.
  nonisolated(unsafe) private let sources: [any DispatchSourceSignal]

  /// Catches the signals until the object is gone.
  init() {
    let writing = pipe.fileHandleForWriting
    let queue = DispatchQueue(label: "interruption")
    sources = Self.signals.map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        try? writing.write(contentsOf: Data([0]))
        for number in Self.signals { signal(number, SIG_DFL) }
      }
      source.resume()
      return source
    }
  }

  deinit {
    for source in sources { source.cancel() }
    for number in Self.signals { signal(number, SIG_DFL) }
  }

  /// Becomes readable with the first signal, and stays so.
  var descriptor: Int32 { pipe.fileHandleForReading.fileDescriptor }
}
