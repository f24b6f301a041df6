// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import LocalEmbeddings

/// `vectorstore-bench embed`: the speed of a model in a folder, as the Python peers of `Benchmarks/embed` measure theirs.
struct EmbedCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "embed",
    abstract: "Embeds texts by a model in a folder: measures it, writes the vectors, or serves the benchmark's driver.")

  @Option(help: ArgumentHelp("The folder of the model.", valueName: "dir"))
  var model: String

  @Option(help: ArgumentHelp("The texts, each a JSON string on a line of its own.", valueName: "file"))
  var texts: String

  @Option(help: ArgumentHelp("Threads that compute.", valueName: "n"))
  var threads = 1

  @Option(help: ArgumentHelp("How long a round lasts at least, in whole passes over the texts.", valueName: "s"))
  var minSeconds = 1.0

  @Option(help: ArgumentHelp("Rounds, where the results are printed here.", valueName: "n"))
  var rounds = 5

  @Option(help: ArgumentHelp("Write the vectors there (.fvecs) and measure nothing.", valueName: "file"))
  var vectors: String?

  @Flag(help: "Answer requests on standard input (Benchmarks/README.md).")
  var serve = false

  func validate() throws {
    guard 1...1024 ~= threads else { throw ValidationError("--threads is from 1 to 1024, not \(threads)") }
    guard rounds >= 1 else { throw ValidationError("--rounds is at least 1, not \(rounds)") }
  }

  func run() async throws {
    let runner = try EmbedRunner(model: model, texts: texts, threads: threads, minSeconds: minSeconds)
    if let vectors {
      try await runner.writeVectors(vectors)
    } else if serve {
      try await runner.serve()
    } else {
      for round in 0..<rounds {
        FileHandle.standardOutput.write(try ResultEncoder.line(try await runner.measure(round: round)))
      }
    }
  }
}
