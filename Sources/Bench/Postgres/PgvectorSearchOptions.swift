// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import PostgresBackend

/// How an index of pgvector's is searched.
struct PgvectorSearchOptions: ParsableArguments {
  @Option(help: ArgumentHelp("IVFFlat: how many lists a search reads, up to --lists.", valueName: "n,…"))
  var probes = CommaList([1, 2, 4, 8, 16, 32])

  @Option(
    help: ArgumentHelp(
      "Iterative scans: off, strict or relaxed. All points are measured with each; points say which.", valueName: "i,…")
  )
  var iterative = CommaList([IterativeScan.off])

  @Option(help: ArgumentHelp("hnsw.max_scan_tuples for iterative scans. (default: the server's)", valueName: "n"))
  var maxScanTuples: Int?

  @Option(
    help: ArgumentHelp(
      """
      halfvec and binary: how many times k rows are fetched through the index and ranked again by the whole vectors. Without \
      an iterative scan pgvector finds no more than ef_search. (default: 2 for halfvec, 16 for binary)
      """, valueName: "n"))
  var rerank: Int?

  @Option(
    help: """
      index: sequential scans are made dear, and a plan without the index is an error; free: PostgreSQL chooses, and points \
      that go without the index have "plan": "seq".
      """)
  var planner: PlannerChoice = .index

  init() {}

  func validate() throws {
    if let wrong = probes.elements.first(where: { !(1...32_768 ~= $0) }) {
      throw ValidationError("--probes holds \(wrong), and they are from 1 to 32768")
    }
    if let rerank, !(1...1_000 ~= rerank) { throw ValidationError("--rerank is from 1 to 1000, not \(rerank)") }
    if let maxScanTuples, !(1...2_147_483_647 ~= maxScanTuples) {
      throw ValidationError("--max-scan-tuples is from 1 to 2147483647, not \(maxScanTuples)")
    }
  }

  /// That pgvector can do what is asked for.
  ///
  /// - Throws: ``BenchError`` where it can't.
  func check(_ vectorExtension: VectorExtension) throws {
    guard vectorExtension.hasIterativeScan || iterative.elements.allSatisfy({ $0 == .off }) else {
      throw BenchError("pgvector \(vectorExtension.versionText) has no iterative scans; they came with 0.8.0")
    }
  }

  /// What they say of the searches.
  var way: SearchWay {
    SearchWay(rerank: rerank, planner: planner, maxScanTuples: maxScanTuples)
  }

  /// The widths to measure, by kind of index.
  func sweeps(_ kind: PgvectorKind, ef: [Int], lists: Int) -> [[SearchSetting]] {
    let widths: [Int]
    switch kind {
    case .hnsw: widths = ef
    case .ivfflat:
      // More probes than lists read all of them, as lists do.
      let within = probes.elements.filter { $0 <= lists }
      widths = within.isEmpty ? [lists] : within
    }
    return iterative.elements.map { iterative in widths.map { SearchSetting(ef: $0, iterative: iterative) } }
  }
}
