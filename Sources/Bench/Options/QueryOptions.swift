// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// What is searched, and how long.
struct QueryOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The beam widths of the search.", valueName: "n,…"))
  var ef = CommaList([20, 40, 80, 160, 320])

  @Option(help: ArgumentHelp("How many neighbours a query asks for.", valueName: "n"))
  var k = 10

  @Option(help: ArgumentHelp("Threads for building and for the batch of queries.", valueName: "n"))
  var threads = 1

  @Option(help: ArgumentHelp("Whole passes over the queries are repeated for at least this long.", valueName: "s"))
  var minSeconds = 0.25

  init() {}

  func validate() throws {
    if let wrong = ef.elements.first(where: { $0 < 1 }) {
      throw ValidationError("--ef holds \(wrong), and a beam is at least 1 wide")
    }
    guard k >= 1 else { throw ValidationError("--k is at least 1, not \(k)") }
    guard 1...1024 ~= threads else { throw ValidationError("--threads is from 1 to 1024, not \(threads)") }
    guard 0...3600 ~= minSeconds else {
      throw ValidationError("--min-seconds is from 0 to 3600, not \(minSeconds)")
    }
  }
}
