// SPDX-License-Identifier: Apache-2.0

import Foundation
package import HNSW

/// The steps of `vectorstore-bench groundtruth` on files.
package struct GroundTruthRun: Sendable {
  let base: String
  let query: String
  let metric: Metric
  let k: Int
  let threads: Int
  let blockRows: Int?

  /// A run over the rows of a base, for the queries of a file.
  ///
  /// - Parameter blockRows: how many base rows are in memory at a time; what 256 MiB hold where it is `nil`.
  package init(base: String, query: String, metric: Metric, k: Int, threads: Int, blockRows: Int? = nil) {
    self.base = base
    self.query = query
    self.metric = metric
    self.k = k
    self.threads = threads
    self.blockRows = blockRows
  }

  /// The file beside `out` that tells how far an interrupted run came.
  package static func checkpointPath(_ out: String) -> String { out + ".partial" }

  /// Writes the nearest rows to `out`. What an earlier run with the same files, metric and k has done is not done again.
  ///
  /// - Parameter progress: is told the rows looked at after each block; what it throws ends the run, which can then be
  ///   gone on with.
  /// - Returns: the rows that were looked at in this run.
  package func run(to out: String, progress: (_ done: Int, _ of: Int) throws -> Void) throws -> Int {
    let queries = try VectorFile.readVectors(query)
    let reader = try RowReader(path: base)
    guard queries.dimension == reader.dimension else {
      throw BenchError("\(query): dimension \(queries.dimension), but the base has \(reader.dimension)")
    }
    let checkpoint = Checkpoint(
      base: try InputIdentity(path: base), query: try InputIdentity(path: query), metric: metric, k: k)
    let path = Self.checkpointPath(out)
    var answers = checkpoint.load(path, queries: queries) ?? ExactAnswers(queries: queries, metric: metric, k: k)
    let before = answers.rowsDone
    let step = blockRows ?? max(1_000, Self.blockBytes / (4 * reader.dimension))
    while answers.rowsDone < reader.count {
      let block = answers.rowsDone..<min(answers.rowsDone + step, reader.count)
      try answers.add(try reader.rows(block), threads: threads)
      if answers.rowsDone < reader.count { try checkpoint.save(answers, to: path) }
      try progress(answers.rowsDone, reader.count)
    }
    try VectorFileWriter.write(answers.neighbors, to: out)
    try? FileManager.default.removeItem(atPath: path)
    return answers.rowsDone - before
  }

  private static let blockBytes = 256 << 20
}
