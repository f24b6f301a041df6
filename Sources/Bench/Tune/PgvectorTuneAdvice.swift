// SPDX-License-Identifier: Apache-2.0

import HNSW
import PostgresBackend

/// The DDL, the settings and the query for a table of PostgreSQL's.
struct PgvectorTuneAdvice: TuneAdvice {
  let table: TunedTable
  /// The copy that was tried.
  let target: VectorTarget
  let threads: Int
  let rows: Int

  func lines(_ chosen: TuneTrial, k: Int) -> [String] {
    let design = chosen.design
    let memory = BuildSettings(
      memory: nil, threads: threads, rows: rows, dimension: target.dimension, m: design.kind == .hnsw ? design.m : 0)
    let parameters =
      design.kind == .hnsw
      ? "m = \(design.m), ef_construction = \(design.efConstruction)" : "lists = \(design.lists)"
    var lines = [
      "SET maintenance_work_mem = '\(memory.memory)MB';",
      "CREATE INDEX CONCURRENTLY ON \(table.name) USING \(design.kind.rawValue) (\(indexed(design.storage)) \(operators(design))) "
        + "WITH (\(parameters));",
      "SET \(design.kind.widthSetting) = \(chosen.width);",
      query(chosen, k: k),
    ]
    if let argument = table.argument {
      let store = "--store \"$DATABASE_URL\" --table '\(argument.split(separator: ".").last ?? "")'"
      let precision = design.storage == .halfvec ? "half" : design.storage == .binary ? "binary" : "full"
      let options =
        design.kind == .hnsw
        ? "--m \(design.m) --ef-construction \(design.efConstruction)" : "--lists \(design.lists)"
      let arguments =
        design.kind == .hnsw ? "m: \(design.m), efConstruction: \(design.efConstruction)" : "lists: \(design.lists)"
      lines += [
        "",
        "The same by the command, and in Swift:",
        "  vectorstore index create \(store) --type \(design.kind.rawValue) \(options) --precision \(precision) --concurrently",
        "  try await store.createIndex(IndexSpecification(.\(design.kind.rawValue), \(arguments), concurrently: true, "
          + "precision: .\(precision)))",
      ]
      if design.kind == .hnsw {
        lines += [
          "  vectorstore search QUERY \(store) -k \(k) --ef-search \(chosen.width)",
          "  request.efSearch = \(chosen.width)",
        ]
      }
    }
    return lines
  }

  /// What the index is on.
  private func indexed(_ storage: PgvectorStorage) -> String {
    switch storage {
    case .vector where table.isTyped: table.column
    case .vector: "(\(table.column)::\(table.type.rawValue)(\(target.dimension)))"
    case .halfvec: "(\(table.column)::halfvec(\(target.dimension)))"
    case .binary: "(binary_quantize(\(table.column))::bit(\(target.dimension)))"
    }
  }

  private func operators(_ design: PgvectorDesign) -> String {
    switch design.storage {
    case .vector: "\(table.type.rawValue)_\(target.metric.rawValue)_ops"
    case .halfvec: "halfvec_\(target.metric.rawValue)_ops"
    case .binary: "bit_hamming_ops"
    }
  }

  /// The query that uses it.
  private func query(_ chosen: TuneTrial, k: Int) -> String {
    let sign = target.metric.sqlOperator.statement().text
    let type = table.type.rawValue
    let whole = "\(table.column) \(sign) $1"
    switch chosen.design.storage {
    case .vector:
      return
        "-- SELECT … FROM \(table.name) ORDER BY \(table.isTyped ? whole : "\(indexed(.vector)) \(sign) $1") LIMIT \(k);"
    case .halfvec:
      let inner = SearchWay().candidates(k: k, .halfvec, SearchSetting(ef: chosen.width))
      return
        "-- SELECT … FROM (SELECT * FROM \(table.name) ORDER BY \(indexed(.halfvec)) \(sign) $1::\(type)::halfvec(\(target.dimension)) "
        + "LIMIT \(inner)) t ORDER BY \(whole) LIMIT \(k);"
    case .binary:
      return "-- SELECT … FROM (SELECT * FROM \(table.name) ORDER BY \(indexed(.binary)) <~> "
        + "binary_quantize($1::\(type))::bit(\(target.dimension)) LIMIT \(chosen.width)) t ORDER BY \(whole) LIMIT \(k);"
    }
  }
}
