// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Where the queries come from.
struct QuerySourceOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The queries, a file in any of these formats.", valueName: "file"))
  var query: String?

  @Option(
    help: ArgumentHelp(
      """
      Take so many rows of the base for queries. They are left out of what is searched, since a vector is always nearest to \
      itself.
      """, valueName: "n"))
  var sampleQueries: Int?

  @Option(help: ArgumentHelp("The seed that the sampled rows depend on.", valueName: "n"))
  var sampleSeed: UInt64 = 42

  init() {}

  func validate() throws {
    guard (query == nil) != (sampleQueries == nil) else {
      throw ValidationError("one of --query <file> and --sample-queries <n> is needed")
    }
    if let sampleQueries, sampleQueries < 1 {
      throw ValidationError("--sample-queries is at least 1, not \(sampleQueries)")
    }
  }

  /// The queries of the file; `nil` where they are to be sampled.
  ///
  /// - Throws: ``VectorFileError`` or ``BenchError`` where they aren't vectors of this dimension.
  func read(dimension: Int) throws -> Matrix<Float>? {
    guard let query else { return nil }
    let queries = try VectorFile.readVectors(query)
    guard queries.dimension == dimension else {
      throw BenchError("\(query): dimension \(queries.dimension), but the base has \(dimension)")
    }
    return queries
  }

  /// The rows to take for queries.
  ///
  /// - Throws: ``BenchError`` where there are too few.
  func sample(of count: Int) throws -> QuerySample {
    try QuerySample(sampleQueries ?? 0, of: count, seed: sampleSeed)
  }
}
