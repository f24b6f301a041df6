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

  @Option(help: ArgumentHelp("The database, as postgresql://…", valueName: "url"))
  var postgres: String

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
    if index.index == .ivfflat, search.iterative.elements.contains(.strict) {
      throw ValidationError("IVFFlat has --iterative off and relaxed only")
    }
  }

  func run() async throws {
    try await PostgresPool.with(postgres) { pool in
      let workload = try await Workload(data: data, query: query, filter: filter)
      let tasks = try workload.tasks()
      try await ScratchSchema.with(pool) { schema in
        let table = try await FilledTable(workload, in: schema, pool)
        try search.check(table.target.vectorExtension)
        let engine = try await PgvectorEngine(
          table, design: index.design(rows: workload.base.count), options: search, memory: index.maintenanceMemory,
          widths: query.ef.elements, workload: workload)
        try await output.deliver(AnnRunner(workload: workload, tasks: tasks, engine: engine))
      }
    }
  }
}
