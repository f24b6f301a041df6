// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HNSW

/// The metrics of Float32 vectors, by the names that the command line and the results have for them.
enum FloatMetric: String, CaseIterable, ExpressibleByArgument {
  case cosine
  case l2
  case innerProduct = "ip"
  case l1

  /// The metric of the index.
  var metric: Metric {
    switch self {
    case .cosine: .cosine
    case .l2: .l2
    case .innerProduct: .innerProduct
    case .l1: .l1
    }
  }
}
