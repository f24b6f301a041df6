// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import VectorStoreCore

/// A kind of index, as it is written on the command line.
struct IndexKindArgument: ExpressibleByArgument {
  let kind: IndexSpecification.Kind

  init(_ kind: IndexSpecification.Kind) { self.kind = kind }

  init?(argument: String) {
    guard let kind = IndexSpecification.Kind(rawValue: argument) else { return nil }
    self.kind = kind
  }

  var defaultValueDescription: String { kind.rawValue }
  static var allValueStrings: [String] { IndexSpecification.Kind.allCases.map(\.rawValue) }
}
