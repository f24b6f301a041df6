// SPDX-License-Identifier: Apache-2.0

import Foundation

/// `StoreCrash` as it was built beside the tests, running.
final class CrashProcess: @unchecked Sendable {
  // Sendable because one task uses it at a time.
  private let process = Process()
  private let output = Pipe()
  private var unread: [UInt8] = []

  struct NotBuilt: Error {}
  struct Silent: Error {}

  /// - Parameter wrapper: a command that runs the process: what comes before its path on the command line.
  init(_ arguments: [String], wrapper: [String] = []) throws {
    let line = try wrapper + [Self.executable().path] + arguments
    process.executableURL = URL(fileURLWithPath: line[0])
    process.arguments = Array(line.dropFirst())
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    var environment = ProcessInfo.processInfo.environment
    environment["SWIFT_BACKTRACE"] = "enable=no"
    process.environment = environment
    try process.run()
  }

  deinit { if process.isRunning { kill() } }

  static func executable() throws -> URL {
    let bundles = Bundle.allBundles.map(\.bundleURL).filter { $0.pathExtension == "xctest" }
    let tests = bundles + [Bundle.main.executableURL, CommandLine.arguments.first.map(URL.init(fileURLWithPath:))]
    for case let place? in tests {
      let candidate = place.deletingLastPathComponent().appendingPathComponent("StoreCrash")
      if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
    }
    throw NotBuilt()
  }

  /// The next line that it writes; nil at its end.
  func line(patience milliseconds: Int32 = 30_000) throws -> String? {
    let descriptor = output.fileHandleForReading.fileDescriptor
    while true {
      if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: unread[..<end], as: UTF8.self)
        unread.removeFirst(end + 1)
        return line
      }
      var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard Foundation.poll(&poll, 1, milliseconds) > 0 else { throw Silent() }
      var buffer = [UInt8](repeating: 0, count: 65_536)
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { return nil }
      unread += buffer[..<count]
    }
  }

  /// The lines that it writes until its end.
  func rest() throws -> [String] {
    var lines: [String] = []
    while let line = try line() { lines.append(line) }
    return lines
  }

  func kill() { Foundation.kill(process.processIdentifier, SIGKILL) }

  /// Waits for the end; how it ended.
  @discardableResult
  func wait() -> (status: Int32, wasKilled: Bool) {
    process.waitUntilExit()
    return (process.terminationStatus, process.terminationReason == .uncaughtSignal)
  }
}

/// Runs what blocks on a thread that may be blocked.
func blocking<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
  try await withCheckedThrowingContinuation { continuation in
    DispatchQueue.global().async { continuation.resume(with: Swift.Result { try body() }) }
  }
}
