// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import PostgresBackend

/// `vectorstore-bench tune`: the cheapest parameters that are good enough, on a user's own data.
struct TuneCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tune",
    abstract: "Finds the cheapest index and search parameters that reach a recall, on your own vectors.",
    discussion: """
      Indexes are built one after another, small ones first, and for each the narrowest search that reaches the recall is looked \
      for. The table or store of --base is only read: indexes of pgvector's are built on a copy of its vectors in a schema of \
      their own, which is dropped at the end, in the same database or that of --scratch.

      Every other query is used to choose; the others report what the choice gives on queries it was not made for. Choosing asks \
      for two standard errors more than the recall, so that the other half seldom falls short.

      Without --p50-ms and --p95-ms the fastest search wins, and of those within a tenth of it the one that was built fastest. \
      With one of them an engine's search ends with the first index that is fast enough.

      On standard output: a table of what was tried, and what to run. Exit codes: 0 reached, 1 not reached; then it says what came \
      nearest.
      """
  )

  @OptionGroup(title: "Data")
  var data: DataOptions

  @OptionGroup(title: "Target")
  var target: TuneTarget

  @Option(
    help: ArgumentHelp(
      "What the parameters are for. (default: pgvector for a base in PostgreSQL, swift for others)", valueName: "engine"
    ))
  var engine: TuneEngine?

  @Option(
    name: .customLong("try"),
    help: ArgumentHelp(
      "pgvector: what to try: hnsw and ivfflat on the vectors, halfvec and binary HNSW with ranking again.",
      valueName: "what,…"))
  var candidates = CommaList([TuneFamily.hnsw])

  @Option(help: ArgumentHelp("HNSW: the links to try.", valueName: "n,…"))
  var m = CommaList([8, 16, 24, 32])

  @Option(help: ArgumentHelp("HNSW: the beam widths of building to try, at least twice m.", valueName: "n,…"))
  var efConstruction = CommaList([64, 128, 256])

  @Option(help: ArgumentHelp("The database for the copy. (default: that of --base)", valueName: "url"))
  var scratch: String?

  @Option(help: ArgumentHelp("Threads for building.", valueName: "n"))
  var threads = 1

  @Option(help: ArgumentHelp("Each search is timed for at least this long.", valueName: "s"))
  var minSeconds = 0.25

  @Option(help: ArgumentHelp("Write what was tried and what was chosen there too.", valueName: "out"))
  var json: String?

  func validate() throws {
    guard 1...1024 ~= threads else { throw ValidationError("--threads is from 1 to 1024, not \(threads)") }
    guard 0...3600 ~= minSeconds else { throw ValidationError("--min-seconds is from 0 to 3600, not \(minSeconds)") }
    if let wrong = m.elements.first(where: { !(2...100 ~= $0) }) {
      throw ValidationError("--m holds \(wrong), and it is from 2 to 100")
    }
    if let wrong = efConstruction.elements.first(where: { !(4...1_000 ~= $0) }) {
      throw ValidationError("--ef-construction holds \(wrong), and it is from 4 to 1000")
    }
    guard m.elements.contains(where: { m in efConstruction.elements.contains { $0 >= 2 * m } }) else {
      throw ValidationError("no --ef-construction is at least twice an --m")
    }
  }

  func run() async throws {
    let source = try VectorSource(data.base, options: data.source)
    let engine = engine ?? (source.database == nil ? .swift : .pgvector)
    switch engine {
    case .swift:
      guard candidates.elements == [.hnsw] else { throw ValidationError("--engine swift has --try hnsw only") }
      guard scratch == nil else { throw ValidationError("--scratch is for --engine pgvector") }
      let workload = try await workload()
      try await tune(
        workload, SwiftTuneBackend(workload: workload),
        advice: SwiftTuneAdvice(source: source, metric: workload.metric, dimension: workload.base.dimension))
    case .pgvector:
      guard let url = scratch ?? source.database else {
        throw ValidationError("--scratch <url> is needed: --base is not in PostgreSQL")
      }
      try await PostgresPool.with(url) { pool in
        let table = try await TunedTable(source)
        let workload = try await workload()
        try await ScratchSchema.with(pool) { schema in
          let copy = try await FilledTable(workload, type: table.type, in: schema, pool)
          try await tune(
            workload, PgvectorTuneBackend(table: copy, workload: workload),
            advice: PgvectorTuneAdvice(table: table, target: copy.target, threads: threads, rows: workload.base.count))
        }
      }
    }
  }

  private func workload() async throws -> Workload {
    let vectors = try await data.read()
    guard vectors.queries.count >= 20 else {
      throw BenchError("there are \(vectors.queries.count) queries; half of them choose and half report, 20 at least")
    }
    var workload = Workload(
      name: data.datasetName, metric: data.metric, base: vectors.base, queries: vectors.queries, k: target.k,
      threads: threads, minSeconds: minSeconds, widths: [])
    workload.groundtruth = data.groundtruth
    return workload
  }

  /// Prints each trial when it is over, then what they come to.
  private func tune(_ workload: Workload, _ backend: any TuneBackend, advice: any TuneAdvice) async throws {
    let ladders = candidates.elements.map {
      $0.ladder(rows: workload.base.count, m: m.elements, efConstruction: efConstruction.elements)
    }
    Console.note(
      "\(workload.name): \(workload.base.count) rows of \(workload.base.dimension) dimensions, "
        + "\(workload.queries.count) queries; exact answers are computed")
    guard let meter = try workload.tasks().first?.meter else { return }
    Console.result(TuneReport.heads)
    let tuner = Tuner(
      target: target.values, backend: backend, queryCount: workload.queries.count, meter: meter, minSeconds: minSeconds,
      report: { Console.result(TuneReport.line($0)) })
    let outcome = try await tuner.run(ladders)
    let report = TuneReport(
      workload: workload, engine: backend.name, target: target.values, outcome: outcome,
      statements: outcome.chosen.map { advice.lines($0, k: target.k) } ?? [])
    Console.result(report.conclusion)
    if let json { try ResultEncoder.write(report, to: json) }
    if !outcome.isReached { throw ExitCode(1) }
  }
}
