// SPDX-License-Identifier: Apache-2.0

import Foundation

/// `vectorstore-bench` as it was built beside the tests.
enum BuiltCommand {
  struct Outcome {
    let status: Int32
    let output: String
    let errors: String
  }

  struct NotBuilt: Error {}

  /// Runs the command to its end.
  static func run(_ arguments: [String], input: String = "") throws -> Outcome {
    let process = Process()
    let (stdin, stdout) = (Pipe(), Pipe())
    // Errors go to a file, so that no full pipe can stop the command.
    let folder = try TemporaryFolder()
    let errors = try folder.write("", as: "errors")
    process.executableURL = try executable()
    process.arguments = arguments
    process.standardInput = stdin
    process.standardOutput = stdout
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errors))
    try process.run()
    try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try stdin.fileHandleForWriting.close()
    let output = try stdout.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus,
      output: String(decoding: output, as: UTF8.self),
      errors: try String(contentsOfFile: errors, encoding: .utf8))
  }

  static func executable() throws -> URL {
    let bundles = Bundle.allBundles.map(\.bundleURL).filter { $0.pathExtension == "xctest" }
    let tests = bundles + [Bundle.main.executableURL, CommandLine.arguments.first.map(URL.init(fileURLWithPath:))]
    for case let place? in tests {
      let candidate = place.deletingLastPathComponent().appendingPathComponent("vectorstore-bench")
      if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
    }
    throw NotBuilt()
  }
}
