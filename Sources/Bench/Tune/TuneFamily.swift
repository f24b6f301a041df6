// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Indexes of one kind, from small to large.
enum TuneFamily: String, CaseIterable, ExpressibleByArgument, Sendable {
  case hnsw
  case ivfflat
  case halfvec
  case binary

  /// The indexes to try, in the order of what building them costs.
  func ladder(rows: Int, m: [Int], efConstruction: [Int]) -> [PgvectorDesign] {
    guard self != .ivfflat else {
      let usual = PgvectorDesign.lists(rows: rows)
      let root = max(1, Int(Double(rows).squareRoot()))
      return Set([usual, root, min(2 * root, 32_768)]).sorted().map {
        PgvectorDesign(kind: .ivfflat, storage: .vector, m: 0, efConstruction: 0, lists: $0)
      }
    }
    let storage: PgvectorStorage = self == .halfvec ? .halfvec : self == .binary ? .binary : .vector
    let graphs = Set(m).flatMap { m in Set(efConstruction).filter { $0 >= 2 * m }.map { (m: m, efConstruction: $0) } }
    return graphs.sorted { ($0.m * $0.efConstruction, $0.m) < ($1.m * $1.efConstruction, $1.m) }.map {
      PgvectorDesign(kind: .hnsw, storage: storage, m: $0.m, efConstruction: $0.efConstruction, lists: 0)
    }
  }
}
