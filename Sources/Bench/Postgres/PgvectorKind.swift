// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import PostgresBackend

/// The access methods of pgvector.
enum PgvectorKind: String, CaseIterable, ExpressibleByArgument, Sendable {
  case hnsw
  case ivfflat

  /// The method, as the backend has it.
  var method: VectorColumnType.IndexMethod { self == .hnsw ? .hnsw : .ivfflat }

  /// The setting that says how widely an index is searched.
  var widthSetting: String { self == .hnsw ? "hnsw.ef_search" : "ivfflat.probes" }

  /// The greatest value of that setting.
  var widthLimit: Int { self == .hnsw ? 1_000 : 32_768 }

  /// The name in the results of an index that keeps this of its vectors.
  func engineName(_ storage: PgvectorStorage) -> String {
    storage == .vector ? "pgvector-\(rawValue)" : "pgvector-\(rawValue)-\(storage.rawValue)"
  }
}
