// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// pgvector's `hnsw.iterative_scan` and `ivfflat.iterative_scan`.
enum IterativeScan: String, CaseIterable, ExpressibleByArgument, Sendable {
  case off
  case strict
  case relaxed

  /// The value of the setting.
  var setting: String {
    switch self {
    case .off: "off"
    case .strict: "strict_order"
    case .relaxed: "relaxed_order"
    }
  }
}
