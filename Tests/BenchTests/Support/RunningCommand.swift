// SPDX-License-Identifier: Apache-2.0

import Foundation

/// `vectorstore-bench` while it serves: a request at a time, or a signal.
final class RunningCommand {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()

  /// Starts it.
  init(_ arguments: [String]) throws {
    process.executableURL = try BuiltCommand.executable()
    process.arguments = arguments
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
  }

  /// The next line of its output; empty at the end.
  func line() throws -> String {
    var bytes: [UInt8] = []
    while let byte = try output.fileHandleForReading.read(upToCount: 1)?.first, byte != UInt8(ascii: "\n") {
      bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Writes a line to its input.
  func write(_ line: String) throws {
    try input.fileHandleForWriting.write(contentsOf: Data((line + "\n").utf8))
  }

  /// Sends a signal, and waits for the end: the status, negative where the signal ended it.
  func end(_ signal: Int32) -> Int32 {
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
  }
}
