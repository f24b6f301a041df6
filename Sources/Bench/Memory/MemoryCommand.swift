// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import HNSW

/// The fresh process: how much its resident memory grows by opening an index file and running every query.
struct MemoryCommand: ParsableCommand {
  static let name = "memory"

  static let configuration = CommandConfiguration(
    commandName: name,
    abstract: "Measures what a saved index needs, in this process. 'ann' runs it.",
    shouldDisplay: false
  )

  @Option var index: String
  @Option var query: String
  @Option var k = 10
  @Option var ef = 40
  @Option var threads = 1

  func run() throws {
    let queries = try VectorFile.readVectors(query).values
    let before = try ResidentMemory.now()
    let (opened, seconds) = try Clocks.timed { try HNSWIndex.open(path: index) }
    var options = SearchOptions()
    options.efSearch = ef
    _ = try opened.searchBatch(queries, k: k, options: options, threads: threads)
    let withRows = try ResidentMemory.now()
    if opened.configuration.storage != .float32 {
      opened.releaseRows()  // with Float32 storage they are what is searched, and belong to the figure
    }
    let after = try ResidentMemory.now()
    var result = MemoryResult()
    result.residentBytes = after.total - before.total
    result.residentWithRowsBytes = withRows.total - before.total
    result.residentAnonymousBytes = growth(after.anonymous, before.anonymous)
    result.residentFileBytes = growth(after.file, before.file)
    result.openSeconds = seconds.rounded(digits: 6)
    try FileHandle.standardOutput.write(contentsOf: ResultEncoder.line(result))
    withExtendedLifetime((opened, queries)) {}  // what is released before the last reading would count as negative
  }

  private func growth(_ after: Int?, _ before: Int?) -> Int? {
    guard let after, let before else { return nil }
    return after - before
  }
}
