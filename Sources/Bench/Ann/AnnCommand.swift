// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation

/// `vectorstore-bench ann`: recall and speed on vector files.
struct AnnCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ann",
    abstract: "Builds an index over vector files, and measures recall, speed and memory of its searches."
  )

  @OptionGroup var options: AnnOptions

  func run() throws {
    let runner = try AnnRunner(options)
    if options.output.serve {
      try ServeLoop(runner).run()
    }
    if let path = options.output.json {
      let document = try ResultEncoder.document(runner.measureOnce())
      do {
        try document.write(to: URL(fileURLWithPath: path), options: .atomic)
      } catch {
        throw BenchError("\(path): can't be written")
      }
    }
  }
}
