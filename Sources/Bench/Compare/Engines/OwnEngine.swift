// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// The engines that this executable measures itself.
enum OwnEngine: String, CaseIterable, ExpressibleByArgument {
  case swiftInt8 = "swift-int8"
  case swiftFloat32 = "swift-float32"
  case swiftExact = "swift-exact"
  case pgvectorHNSW = "pgvector-hnsw"
  case pgvectorIterative = "pgvector-hnsw-iterative"
  case pgvectorHalfvec = "pgvector-hnsw-halfvec"
  case pgvectorBinary = "pgvector-hnsw-binary"
  case pgvectorIVFFlat = "pgvector-ivfflat"

  /// As many points as the standard grid of efSearch.
  private static let probes = "1,2,4,6,8,12,20,32"

  /// What is compared where nothing else is asked for.
  static func standard(withPostgres: Bool) -> [OwnEngine] {
    let own: [OwnEngine] = [.swiftInt8, .swiftFloat32]
    return withPostgres ? own + [.pgvectorHNSW, .pgvectorHalfvec] : own + [.swiftExact]
  }

  /// Whether it needs a server.
  var isOnPostgres: Bool { rawValue.hasPrefix("pgvector") }

  /// What the report calls it.
  var label: String {
    switch self {
    case .swiftInt8: "Swift int8"
    case .swiftFloat32: "Swift f32"
    case .swiftExact: "Swift exact"
    case .pgvectorHNSW: "pgvector HNSW"
    case .pgvectorIterative: "pgvector HNSW iterative"
    case .pgvectorHalfvec: "pgvector HNSW halfvec"
    case .pgvectorBinary: "pgvector HNSW binary"
    case .pgvectorIVFFlat: "pgvector IVFFlat"
    }
  }

  /// The subcommand and the options that choose it; `postgres` is the server's URL.
  func arguments(postgres: String) -> [String] {
    switch self {
    case .swiftInt8: ["ann", "--storage", "int8"]
    case .swiftFloat32: ["ann", "--storage", "float32"]
    case .swiftExact: ["ann", "--index", "exact"]
    case .pgvectorHNSW: ["pgvector", "--postgres", postgres, "--index", "hnsw"]
    case .pgvectorIterative: ["pgvector", "--postgres", postgres, "--index", "hnsw", "--iterative", "relaxed"]
    case .pgvectorHalfvec: ["pgvector", "--postgres", postgres, "--index", "hnsw", "--storage", "halfvec"]
    case .pgvectorBinary: ["pgvector", "--postgres", postgres, "--index", "hnsw", "--storage", "binary"]
    case .pgvectorIVFFlat: ["pgvector", "--postgres", postgres, "--index", "ivfflat", "--probes", Self.probes]
    }
  }
}
