// SPDX-License-Identifier: Apache-2.0

import HNSW
import VectorStoreCore

/// The vector index that is made: what was asked for, with what was left open chosen from the number of rows.
struct IndexChoice: Sendable, Hashable {
  let specification: IndexSpecification
  /// What to tell the user: that something else is made than was asked for.
  let warnings: [String]

  /// - Parameters:
  ///   - rows: how many there are.
  /// - Throws: ``VectorStoreError/Code/invalidArgument`` for parameters beyond pgvector's,
  ///   ``VectorStoreError/Code/unsupported`` for vectors that no index takes.
  init(
    _ wanted: IndexSpecification, rows: Int, dimension: Int, vectorType: PostgresTable.VectorType, metric: Metric,
    vectorExtension: VectorExtension
  ) throws {
    var result = wanted
    var warnings: [String] = []
    if result.kind == .hnsw, !vectorExtension.hasHNSW {
      result = IndexSpecification(
        .ivfflat, lists: wanted.lists, concurrently: wanted.concurrently, precision: wanted.precision)
      warnings.append(
        "pgvector \(vectorExtension.versionText) here has no HNSW (it came with 0.5.0): an IVFFlat index is made in its place; "
          + "update pgvector on the server for HNSW")
    }
    switch result.kind {
    case .hnsw: try Self.choose(hnsw: &result, rows: rows)
    case .ivfflat:
      try Self.choose(lists: &result, rows: rows)
      if rows < 1_000 {
        warnings.append(
          "an IVFFlat index finds its lists in the rows that are there, and there are \(rows); make it when the data is in"
        )
      }
    case .exact: break
    }
    try Self.choose(
      precision: &result, dimension: dimension, type: vectorType, metric: metric, vectorExtension: vectorExtension)
    specification = result
    self.warnings = warnings
  }

  /// m and ef_construction by the number of rows: 16/64 up to 100,000, 32/128 up to a million, 64/200 beyond.
  private static func choose(hnsw: inout IndexSpecification, rows: Int) throws {
    let (m, efConstruction) = rows < 100_000 ? (16, 64) : rows <= 1_000_000 ? (32, 128) : (64, 200)
    let givenM = hnsw.m
    hnsw.m = givenM ?? m
    hnsw.efConstruction = hnsw.efConstruction ?? max(efConstruction, 2 * (hnsw.m ?? m))
    let (chosenM, chosenEf) = (hnsw.m ?? m, hnsw.efConstruction ?? efConstruction)
    guard (2...100).contains(chosenM) else {
      throw VectorStoreError(.invalidArgument, "pgvector takes m from 2 to 100, not \(chosenM)")
    }
    guard (4...1_000).contains(chosenEf), chosenEf >= 2 * chosenM else {
      throw VectorStoreError(
        .invalidArgument,
        "pgvector takes efConstruction from 4 to 1,000, and at least 2 · m = \(2 * chosenM), not \(chosenEf)")
    }
  }

  /// pgvector's rule: rows / 1,000 up to a million rows, the square root of the rows beyond.
  private static func choose(lists specification: inout IndexSpecification, rows: Int) throws {
    let rule = rows <= 1_000_000 ? rows / 1_000 : Int(Double(rows).squareRoot())
    let lists = specification.lists ?? min(32_768, max(10, rule))
    guard (1...32_768).contains(lists) else {
      throw VectorStoreError(.invalidArgument, "pgvector takes lists from 1 to 32,768, not \(lists)")
    }
    specification.lists = lists
  }

  private static func choose(
    precision: inout IndexSpecification, dimension: Int, type: PostgresTable.VectorType, metric: Metric,
    vectorExtension: VectorExtension
  ) throws {
    guard precision.kind != .exact else { return }
    let whole =
      switch type {
      case .vector: 2_000
      case .halfvec: 4_000
      case .bit: 64_000
      case .sparsevec: precision.kind == .hnsw ? Int.max : 0
      }
    if type != .vector, precision.precision ?? .full != .full {
      throw VectorStoreError(
        .unsupported,
        "an index of \(precision.precision?.rawValue ?? "") precision is for columns of type vector, not \(type.rawValue)"
      )
    }
    let chosen: IndexSpecification.Precision =
      precision.precision ?? (type != .vector || dimension <= whole ? .full : dimension <= 4_000 ? .half : .binary)
    let limit = chosen == .full ? whole : chosen == .half ? 4_000 : 64_000
    guard dimension <= limit else {
      throw VectorStoreError(
        .unsupported,
        "pgvector's \(precision.kind.rawValue) index of \(chosen.rawValue) precision takes \(limit) dimensions at most, and these "
          + "vectors have \(dimension); use half precision up to 4,000, binary beyond")
    }
    guard chosen == .full || vectorExtension.hasHalfVectors else {
      throw VectorStoreError(
        .unsupported,
        "an index of \(chosen.rawValue) precision needs pgvector 0.7.0, the server has \(vectorExtension.versionText)")
    }
    guard precision.kind == .hnsw || (metric != .l1 && metric != .jaccard) else {
      throw VectorStoreError(.unsupported, "pgvector has no IVFFlat index for \(metric.rawValue); use hnsw")
    }
    precision.precision = chosen
  }
}
