// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// What an index of pgvector's keeps of a column's vectors.
enum PgvectorStorage: String, CaseIterable, ExpressibleByArgument, Sendable {
  /// The vectors.
  case vector
  /// The vectors in half precision, by an index on an expression; hits are ranked again by the whole vectors.
  case halfvec
  /// One bit a value, by an index on an expression; hits are ranked again by the whole vectors.
  case binary

  /// How many times k rows are fetched to be ranked again, where nothing else is said.
  var defaultRerank: Int {
    switch self {
    case .vector: 1
    case .halfvec: 2
    case .binary: 16
    }
  }
}
