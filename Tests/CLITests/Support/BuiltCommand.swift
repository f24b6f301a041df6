// SPDX-License-Identifier: Apache-2.0

import Foundation

/// `vectorstore` as it was built beside the tests.
struct BuiltCommand {
  struct Outcome {
    let status: Int32
    let output: String
    let errors: String

    var lines: [String] { output.split(separator: "\n").map(String.init) }
  }

  struct NotBuilt: Error {}

  /// Runs the command to its end.
  ///
  /// - Parameter folder: where it runs, and where it finds no settings of the user's.
  static func run(
    _ arguments: [String], in folder: TemporaryFolder, input: [UInt8] = [], environment: [String: String] = [:]
  ) throws -> Outcome {
    // Through files, so that no full pipe can stop the command.
    let (stdin, stdout, stderr) = (UUID().uuidString, UUID().uuidString, UUID().uuidString)
    let process = try self.process(arguments, in: folder, environment: environment)
    process.standardInput = try FileHandle(
      forReadingFrom: URL(fileURLWithPath: folder.write(input, as: ".\(stdin)")))
    process.standardOutput = try FileHandle(
      forWritingTo: URL(fileURLWithPath: folder.write("", as: ".\(stdout)")))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.write("", as: ".\(stderr)")))
    try process.run()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
      output: try folder.text(".\(stdout)"), errors: try folder.text(".\(stderr)"))
  }

  /// The command, ready to run.
  static func process(
    _ arguments: [String], in folder: TemporaryFolder, environment: [String: String] = [:]
  ) throws -> Process {
    let process = Process()
    process.executableURL = try executable()
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path(""))
    var variables = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("VECTORSTORE_") }
    variables["XDG_CONFIG_HOME"] = folder.path(".config")
    variables["SWIFT_BACKTRACE"] = "enable=no"
    process.environment = variables.merging(environment) { $1 }
    return process
  }

  private static func executable() throws -> URL {
    let bundles = Bundle.allBundles.map(\.bundleURL).filter { $0.pathExtension == "xctest" }
    let tests = bundles + [Bundle.main.executableURL, CommandLine.arguments.first.map(URL.init(fileURLWithPath:))]
    for case let place? in tests {
      let candidate = place.deletingLastPathComponent().appendingPathComponent("vectorstore")
      if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
    }
    throw NotBuilt()
  }
}
