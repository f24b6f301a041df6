// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// How an index of pgvector's is built.
struct PgvectorIndexOptions: ParsableArguments {
  @Option(help: "The kind of index.")
  var index: PgvectorKind = .hnsw

  @Option(
    help: "What the index keeps of the vectors. Hits of halfvec and binary are ranked again by the whole vectors.")
  var storage: PgvectorStorage = .vector

  @Option(
    help: ArgumentHelp("HNSW: links a vector has in each upper layer; twice as many in the lowest.", valueName: "n"))
  var m = 16

  @Option(help: ArgumentHelp("HNSW: the beam width while building, at least twice --m.", valueName: "n"))
  var efConstruction = 64

  @Option(
    help: ArgumentHelp(
      "IVFFlat: how many lists. (default: a thousandth of the rows up to a million, their square root above)",
      valueName: "n"))
  var lists: Int?

  @Option(
    help: ArgumentHelp(
      "maintenance_work_mem for building. (default: what the graph needs, up to 4096)", valueName: "MiB"))
  var maintenanceMemory: Int?

  init() {}

  func validate() throws {
    guard 2...100 ~= m else { throw ValidationError("--m is from 2 to 100, not \(m)") }
    guard 4...1_000 ~= efConstruction, efConstruction >= 2 * m else {
      throw ValidationError(
        "--ef-construction is from 4 to 1000 and at least twice --m, which is \(m); not \(efConstruction)")
    }
    if let lists, !(1...32_768 ~= lists) { throw ValidationError("--lists is from 1 to 32768, not \(lists)") }
    if let maintenanceMemory, !(1...2_097_151 ~= maintenanceMemory) {
      throw ValidationError("--maintenance-memory is from 1 to 2097151 MiB, not \(maintenanceMemory)")
    }
  }

  /// The index over so many rows.
  func design(rows: Int) -> PgvectorDesign {
    PgvectorDesign(
      kind: index, storage: storage, m: m, efConstruction: efConstruction,
      lists: lists ?? PgvectorDesign.lists(rows: rows))
  }
}
