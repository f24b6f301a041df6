// SPDX-License-Identifier: Apache-2.0

import Foundation

/// This very executable, run once more, so that nothing but the work it is given lies in its memory.
enum FreshProcess {
  /// Runs the executable with `arguments`, and decodes what it writes to standard output.
  ///
  /// - Throws: ``BenchError`` where it fails.
  static func run<Answer: Decodable>(_ arguments: [String], answering: Answer.Type) throws -> Answer {
    guard let executable = Bundle.main.executableURL else {
      throw BenchError("the system doesn't tell where this executable is")
    }
    let process = Process()
    let output = Pipe()
    process.executableURL = executable
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    try process.run()
    let answer = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationReason == .exit, process.terminationStatus == 0 else {
      throw BenchError("the process that opens the saved index ended with status \(process.terminationStatus)")
    }
    return try JSONDecoder().decode(Answer.self, from: answer)
  }

  /// Makes a folder for the time of `work`.
  static func withTemporaryFolder<Result>(_ work: (URL) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("vectorstore-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await work(folder)
  }
}
