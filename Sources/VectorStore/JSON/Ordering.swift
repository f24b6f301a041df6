// SPDX-License-Identifier: Apache-2.0

/// How one value stands to another.
package enum Ordering: Sendable {
  case ascending, same, descending

  package var reversed: Ordering {
    switch self {
    case .ascending: .descending
    case .same: .same
    case .descending: .ascending
    }
  }

  package static func of<T: Comparable>(_ a: T, _ b: T) -> Ordering {
    a < b ? .ascending : (a == b ? .same : .descending)
  }
}
