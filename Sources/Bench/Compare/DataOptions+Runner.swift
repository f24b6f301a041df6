// SPDX-License-Identifier: Apache-2.0

extension DataOptions {
  /// The same options for a runner's command line.
  var runnerArguments: [String] {
    let optional = [
      ("--table", source.table), ("--embedding-column", source.embeddingColumn), ("--id-column", source.idColumn),
      ("--query", queries.query), ("--sample-queries", queries.sampleQueries.map(String.init)),
      ("--sample-seed", queries.sampleQueries.map { _ in String(queries.sampleSeed) }), ("--groundtruth", groundtruth),
    ]
    return ["--base", base, "--dataset", datasetName, "--metric", metric.rawValue]
      + optional.flatMap { option, value in value.map { [option, $0] } ?? [] }
  }
}
