// SPDX-License-Identifier: Apache-2.0

import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A runner's process: lines to it, lines from it, its messages in a file.
final class EngineProcess {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private let log: String
  private var reader: LineReader

  /// Starts `command`.
  ///
  /// - Parameters:
  ///   - companion: The executable of `vectorstore-bench`, whose `accompany` ends the command with this process.
  ///   - log: The file that its standard error goes to.
  /// - Throws: ``BenchError`` where it can't be started.
  init(_ command: [String], companion: String, log: String, interruption: InterruptPipe?) throws {
    self.log = log
    reader = LineReader(output.fileHandleForReading.fileDescriptor, interruption: interruption)
    // A runner that is gone is an error of the write, not the end of this process.
    signal(SIGPIPE, SIG_IGN)
    guard FileManager.default.createFile(atPath: log, contents: nil), let messages = FileHandle(forWritingAtPath: log)
    else { throw BenchError("\(log): can't be written") }
    process.executableURL = URL(fileURLWithPath: companion)
    process.arguments = ["accompany", "--parent", String(getpid()), "--"] + command
    process.standardInput = input
    process.standardOutput = output
    process.standardError = messages
    do {
      try process.run()
    } catch {
      throw BenchError("\(companion): can't be started: \(error)")
    }
    try? messages.close()
  }

  deinit {
    kill()
  }

  /// Sends a line.
  ///
  /// - Throws: ``BenchError`` with the process's last words where it has ended.
  func write(_ line: Data) throws {
    do {
      try input.fileHandleForWriting.write(contentsOf: line)
    } catch {
      throw BenchError(lastWords())
    }
  }

  /// The next line of its standard output.
  ///
  /// - Throws: ``Interrupted``, or ``BenchError`` that says why there is none. The process is then ended.
  func readLine(within seconds: Double) throws -> Data {
    do {
      return try reader.next(within: seconds)
    } catch {
      switch error {
      case .timeout:
        kill()
        throw BenchError("no answer in \(NumberText.fixed(seconds, seconds < 10 ? 1 : 0)) s")
      case .tooLong:
        kill()
        throw BenchError("not a line of the protocol: it has no end")
      case .end: throw BenchError(lastWords())
      case .interrupted: throw Interrupted()
      }
    }
  }

  /// Closes its standard input, and waits for its end; after `seconds` it is killed.
  func close(within seconds: Double) {
    try? input.fileHandleForWriting.close()
    if !hasEnded(within: seconds) { kill() }
  }

  /// Ends it and whatever it has started: asked to at first, so that it can clear up, and killed after some seconds.
  func kill() {
    guard process.isRunning else { return }
    for number in [SIGTERM, SIGKILL] {
      // Its group, or, in the moment before it has one, the process alone.
      if Self.send(number, -process.processIdentifier) != 0 { _ = Self.send(number, process.processIdentifier) }
      if hasEnded(within: 5) { return }
    }
  }

  private static func send(_ number: Int32, _ identifier: pid_t) -> Int32 {
    #if canImport(Glibc)
      Glibc.kill(identifier, number)
    #elseif canImport(Musl)
      Musl.kill(identifier, number)
    #elseif canImport(Darwin)
      Darwin.kill(identifier, number)
    #endif
  }

  private func hasEnded(within seconds: Double) -> Bool {
    let deadline = Clocks.wall() + UInt64(seconds * 1e9)
    while process.isRunning {
      guard Clocks.wall() < deadline else { return false }
      usleep(20_000)
    }
    return true
  }

  /// How it ended, with the last lines that it wrote to standard error.
  private func lastWords() -> String {
    guard hasEnded(within: 5) else {
      kill()
      return "closed its standard output"
    }
    let text = FileManager.default.contents(atPath: log).map { String(decoding: $0.suffix(4096), as: UTF8.self) } ?? ""
    let lines = text.split(whereSeparator: \.isNewline).suffix(3).map { TextLine.clean(String($0)) }
    let words = lines.isEmpty ? "and no message" : lines.joined(separator: " / ")
    return "ended with status \(process.terminationStatus): \(words)"
  }
}
