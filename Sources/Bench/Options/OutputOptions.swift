// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Where the results go.
struct OutputOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Measure once and write the results there.", valueName: "out"))
  var json: String?

  @Flag(help: "Build, then answer requests on standard input (Benchmarks/README.md).")
  var serve = false

  @Option(help: ArgumentHelp("Keep the index file there.", valueName: "file"))
  var save: String?

  init() {}

  func validate() throws {
    guard serve || json != nil else { throw ValidationError("one of --json <out> and --serve is needed") }
  }
}
