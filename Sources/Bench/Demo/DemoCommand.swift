// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import HNSW

/// `vectorstore-bench demo`: an index from vectors to answers, step by step.
struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Builds an index, saves it, opens it and searches it, and shows how good and how fast the answers are."
  )

  @Option(help: ArgumentHelp("A folder with base.fvecs and query.fvecs, in place of generated data.", valueName: "dir"))
  var data: String?

  @Option(help: ArgumentHelp("How many vectors to generate.", valueName: "n"))
  var count = 30_000

  @Option(help: ArgumentHelp("The dimension of generated vectors.", valueName: "n"))
  var dimension = 256

  @Option(help: "What the graph is walked on.")
  var storage: VectorStorage = .int8

  @Option(help: ArgumentHelp("How many neighbours a query asks for.", valueName: "n"))
  var k = 10

  @Option(help: ArgumentHelp("Threads for building. (default: one a core)", valueName: "n"))
  var threads: Int?

  func validate() throws {
    guard 1...10_000_000 ~= count else { throw ValidationError("--count is from 1 to 10000000, not \(count)") }
    guard 1...16_000 ~= dimension else { throw ValidationError("--dimension is from 1 to 16000, not \(dimension)") }
    guard k >= 1 else { throw ValidationError("--k is at least 1, not \(k)") }
    if let threads, !(1...1024 ~= threads) {
      throw ValidationError("--threads is from 1 to 1024, not \(threads)")
    }
  }

  func run() async throws {
    let vectors =
      try data.map(DemoVectors.init(folder:))
      ?? DemoVectors(count: count, dimension: dimension, queryCount: 200, seed: 42)
    let demo = Demo(vectors: vectors, k: k, threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
    try await FreshProcess.withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("demo.hnsw").path
      try demo.build(storage: storage.storage, savingTo: path)
      try await demo.search(path: path)
    }
  }
}
