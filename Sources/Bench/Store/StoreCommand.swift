// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation

/// `vectorstore-bench store`: what the store costs over the bare index.
struct StoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "store",
    abstract: "Fills a store with documents and vectors, and measures ingest and search.",
    discussion: """
      Searches of the store and of the bare engine on the same index file take turns, round by round; the figures are medians \
      of the rounds. The documents' texts and metadata are made, from a fixed seed.

      With --store postgresql://… a table there is measured: documents a second without a vector index, then searches with an \
      HNSW index, one at a time and many at once.
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

  @Option(
    help: ArgumentHelp(
      "A database of PostgreSQL to measure in place of the embedded store, in a table that is made anew.",
      valueName: "url"))
  var store: String?

  @Option(help: "PostgreSQL: the table; it is dropped first, but for --filled.")
  var table = "vectorstore_bench"

  @Flag(help: "PostgreSQL: search the table as an earlier run has left it.")
  var filled = false

  @Option(help: "PostgreSQL: connections of the pool.")
  var pool = 10

  @Option(help: "PostgreSQL: searches at once.")
  var tasks = 32

  @Option(
    help: ArgumentHelp(
      "PostgreSQL: whole passes over the queries are repeated for so long, in each round.", valueName: "seconds"))
  var minSeconds = 0.0

  @Option(help: ArgumentHelp("Write the results there too.", valueName: "out"))
  var json: String?

  func validate() throws {
    guard k > 0, batch > 0, rounds > 0, threads > 0, limit ?? 1 > 0, efSearch ?? 1 > 0, pool > 0, tasks > 0 else {
      throw ValidationError("--k, --batch, --rounds, --threads, --limit, --ef, --pool and --tasks must be at least 1")
    }
    guard !filled || store != nil else { throw ValidationError("--filled is for a table of PostgreSQL: give --store") }
    guard (0...3_600).contains(minSeconds) else { throw ValidationError("--min-seconds takes 0 to 3600") }
  }

  func run() async throws {
    if let store {
      let result = try await PostgresBenchmark(self, url: store).run()
      return try write(try ResultEncoder.document(result))
    }
    let place = URL(fileURLWithPath: folder).appendingPathComponent("vectorstore-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: place) }
    let result = try await StoreBenchmark(self, folder: place.path).run()
    try write(try ResultEncoder.document(result))
  }

  private func write(_ document: Data) throws {
    FileHandle.standardOutput.write(document)
    if let json { try document.write(to: URL(fileURLWithPath: json), options: .atomic) }
  }
}
