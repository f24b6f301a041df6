// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import VectorStoreCore

/// How the rankings of a hybrid search become one, as it is written on the command line.
enum FusionArgument: String, CaseIterable, ExpressibleByArgument {
  case rrf
  case weighted

  /// The fusion; `keywordWeight` is the share of the keywords, 0…1.
  func fusion(keywordWeight: Double?) -> Fusion {
    let weights = keywordWeight.map { [1 - $0, $0] }
    return switch self {
    case .rrf: .reciprocalRank(weights: weights)
    case .weighted: .weighted(weights: weights)
    }
  }
}
