// SPDX-License-Identifier: Apache-2.0

/// The index that is built: all that its DDL says but the column.
struct PgvectorDesign: Sendable, Hashable {
  let kind: PgvectorKind
  let storage: PgvectorStorage
  /// Links a vector has in each upper layer of a graph.
  let m: Int
  /// The beam width while a graph is built.
  let efConstruction: Int
  /// The lists of IVFFlat.
  let lists: Int

  /// pgvector's advice: a thousandth of the rows up to a million, their square root above.
  static func lists(rows: Int) -> Int {
    let lists = rows <= 1_000_000 ? rows / 1_000 : Int(Double(rows).squareRoot())
    return min(max(lists, 1), 32_768)
  }

  /// The index in a few words.
  var summary: String {
    let name = storage == .vector ? kind.rawValue : "\(kind.rawValue) \(storage.rawValue)"
    return kind == .hnsw ? "\(name) m=\(m) ef_construction=\(efConstruction)" : "\(name) lists=\(lists)"
  }

  /// What the width of a search is called.
  var widthName: String { kind == .hnsw ? "ef_search" : "probes" }

  /// What the results state of it.
  var parameters: AnnParameters {
    var parameters = AnnParameters()
    switch kind {
    case .hnsw: (parameters.m, parameters.efConstruction) = (m, efConstruction)
    case .ivfflat: parameters.lists = lists
    }
    return parameters
  }
}
