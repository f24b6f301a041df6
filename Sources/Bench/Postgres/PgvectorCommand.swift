// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import PostgresBackend

/// `vectorstore-bench pgvector`: what `ann` measures, of an index of pgvector's.
struct PgvectorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pgvector",
    abstract:
      "Loads vectors into PostgreSQL, builds an index of pgvector's, and measures recall and speed of its searches.",
    discussion: """
      Everything is in a schema of its own, named vectorstore_bench_…, which is dropped at the end, also after an error or Ctrl-C; \
      one that a killed run has left is dropped by the next run. The user must be allowed to create schemas in the database.

      The results have the keys of 'ann'. For IVFFlat, "ef" holds the probes. Queries are run one at a time by a prepared statement \
      on one connection, in binary, and all in one pipeline on it; the better counts. An index is built with --threads processes: \
      max_parallel_maintenance_workers is one less.
      """
  )

  @Option(
    help: ArgumentHelp(
      "The database to measure in, as postgresql://… (default: that of --base, where it is in PostgreSQL)",
      valueName: "url"))
  var postgres: String?

  @Flag(
    help: """
      Measure an index that the table of --base has, and write nothing. Rows are known by --id-column, or by their place where \
      none is given. Sampled queries stay in the table; each is left out of its own answers, for which one row more is asked for. \
      That a graph holds them makes their recall a little higher than that of queries from elsewhere, which --query measures.
      """)
  var existing = false

  @Option(help: ArgumentHelp("With --existing: the index, where the column has several.", valueName: "name"))
  var indexName: String?

  @OptionGroup(title: "Data")
  var data: DataOptions

  @OptionGroup(title: "Index")
  var index: PgvectorIndexOptions

  @OptionGroup(title: "Search")
  var query: QueryOptions

  @OptionGroup(title: "Search by pgvector")
  var search: PgvectorSearchOptions

  @OptionGroup(title: "Filters")
  var filter: FilterOptions

  @OptionGroup(title: "Output")
  var output: OutputOptions

  func validate() throws {
    if let wrong = query.ef.elements.first(where: { $0 > PgvectorKind.hnsw.widthLimit }) {
      throw ValidationError("--ef holds \(wrong), and pgvector's ef_search is at most \(PgvectorKind.hnsw.widthLimit)")
    }
    guard indexName == nil || existing else { throw ValidationError("--index-name goes with --existing") }
    if existing {
      guard postgres == nil else {
        throw ValidationError("--existing measures in the database of --base; leave --postgres out")
      }
      guard filter.isEmpty else { throw ValidationError("--existing has no filters: they need columns of their own") }
      guard data.groundtruth == nil else { throw ValidationError("--existing computes the exact answers itself") }
    }
    if index.index == .ivfflat, !existing, search.iterative.elements.contains(.strict) {
      throw ValidationError("IVFFlat has --iterative off and relaxed only")
    }
  }

  func run() async throws {
    let source = try VectorSource(data.base, options: data.source)
    if existing {
      guard case .table(let table) = source else {
        throw ValidationError("--existing needs a --base postgresql://… with --table")
      }
      return try await measure(table)
    }
    guard let url = postgres ?? source.database else {
      throw ValidationError("--postgres <url> is needed, since --base is not in PostgreSQL")
    }
    try await PostgresPool.with(url) { pool in
      let workload = try await Workload(data: data, query: query, filter: filter)
      let tasks = try workload.tasks()
      try await ScratchSchema.with(pool) { schema in
        let table = try await FilledTable(workload, in: schema, pool)
        try search.check(table.target.vectorExtension)
        let design = index.design(rows: workload.base.count)
        let engine = try await PgvectorEngine(
          table, design: design, way: search.way, memory: index.maintenanceMemory,
          sweeps: search.sweeps(design.kind, ef: workload.widths, lists: design.lists), workload: workload)
        try await output.deliver(AnnRunner(workload: workload, tasks: tasks, engine: engine))
      }
    }
  }

  /// Measures the index that is there.
  private func measure(_ source: PostgresSource) async throws {
    try await PostgresPool.with(source.url) { pool in
      let table = try await ExistingTable(source, indexName: indexName, metric: data.metric, pool)
      try search.check(table.target.vectorExtension)
      guard table.index.kind == .hnsw || !search.iterative.elements.contains(.strict) else {
        throw BenchError("IVFFlat has --iterative off and relaxed only")
      }
      let vectors = table.rows.vectors
      let given = try data.queries.read(dimension: vectors.dimension)
      let sample = given == nil ? try data.queries.sample(of: vectors.count) : nil
      let queries = given ?? sample?.split(vectors).queries ?? vectors
      let workload = Workload(
        data: data, query: query, base: vectors, queries: try table.asStored(queries),
        ownRows: sample?.rows ?? [])
      let tasks = try workload.tasks()
      let engine = try await ExistingIndexEngine(
        table, way: search.way,
        sweeps: search.sweeps(
          table.index.kind, ef: workload.widths, lists: table.index.parameters["lists"] ?? 100),
        workload: workload, pool)
      try await output.deliver(AnnRunner(workload: workload, tasks: tasks, engine: engine))
    }
  }
}
