// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation

/// `vectorstore-bench store`: what the store costs over the bare index.
struct StoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "store",
    abstract: "Fills an embedded store with documents and vectors, and measures ingest, search, filters and opening.",
    discussion: """
      Searches of the store and of the bare engine on the same index file take turns, round by round; the figures are medians \
      of the rounds. The documents' texts and metadata are made, from a fixed seed.
      """
  )

  @Option(help: ArgumentHelp("Vectors of the documents.", valueName: "file"))
  var base: String

  @Option(help: ArgumentHelp("Vectors of the queries.", valueName: "file"))
  var query: String

  @Option(help: "Take so many documents only.")
  var limit: Int?

  @Option(help: "Results of a search.")
  var k = 10

  @Option(name: .customLong("ef"), help: "efSearch of both; the store's default if not given.")
  var efSearch: Int?

  @Option(help: "Documents in a transaction.")
  var batch = 1_000

  @Option(help: "Rounds in which store and engine take turns.")
  var rounds = 5

  @Option(help: "Threads that link vectors.")
  var threads = 1

  @Option(help: ArgumentHelp("A folder for the stores, on the disk to measure.", valueName: "folder"))
  var folder = FileManager.default.temporaryDirectory.path

  @Option(help: ArgumentHelp("Write the results there too.", valueName: "out"))
  var json: String?

  func validate() throws {
    guard k > 0, batch > 0, rounds > 0, threads > 0, limit ?? 1 > 0, efSearch ?? 1 > 0 else {
      throw ValidationError("--k, --batch, --rounds, --threads, --limit and --ef must be at least 1")
    }
  }

  func run() async throws {
    let place = URL(fileURLWithPath: folder).appendingPathComponent("vectorstore-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: place) }
    let result = try await StoreBenchmark(self, folder: place.path).run()
    let document = try ResultEncoder.document(result)
    FileHandle.standardOutput.write(document)
    if let json { try document.write(to: URL(fileURLWithPath: json), options: .atomic) }
  }
}
