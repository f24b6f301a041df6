// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import VectorStoreCore

/// What an index holds of a vector, as it is written on the command line.
struct PrecisionArgument: ExpressibleByArgument {
  let precision: IndexSpecification.Precision

  init?(argument: String) {
    guard let precision = IndexSpecification.Precision(rawValue: argument) else { return nil }
    self.precision = precision
  }

  static var allValueStrings: [String] { IndexSpecification.Precision.allCases.map(\.rawValue) }
}
