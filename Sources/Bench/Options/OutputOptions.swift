// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation

/// Where the results go.
struct OutputOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Measure once and write the results there.", valueName: "out"))
  var json: String?

  @Flag(help: "Build, then answer requests on standard input (Benchmarks/README.md).")
  var serve = false

  init() {}

  func validate() throws {
    guard serve || json != nil else { throw ValidationError("one of --json <out> and --serve is needed") }
  }

  /// Serves what `runner` measures, and writes its results, as the options ask for.
  func deliver(_ runner: AnnRunner) async throws {
    if serve {
      try await ServeLoop(runner).run()
    }
    if let json {
      try ResultEncoder.write(try await runner.measureOnce(), to: json)
    }
  }
}
