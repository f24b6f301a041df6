// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// A part of the proof.
enum VerifySuiteName: String, CaseIterable, Sendable, ExpressibleByArgument {
  case pairs, topk, errors, filters, mmr, fusion

  /// What the suite counts.
  var unit: String {
    switch self {
    case .pairs: "vector pairs"
    case .topk: "top-k queries"
    case .errors: "bad inputs"
    case .filters: "filters"
    case .mmr: "MMR selections"
    case .fusion: "fusions"
    }
  }
}
