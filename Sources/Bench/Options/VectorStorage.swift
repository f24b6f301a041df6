// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HNSW

/// How the graph keeps its vectors.
enum VectorStorage: String, CaseIterable, ExpressibleByArgument {
  case float32
  case int8

  /// The storage of the index.
  var storage: HNSWConfiguration.Storage {
    switch self {
    case .float32: .float32
    case .int8: .int8
    }
  }
}
