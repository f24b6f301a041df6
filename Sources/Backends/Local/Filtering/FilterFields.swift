// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

extension Filter {
  /// The fields that the filter looks at, each once.
  var fields: [Field] {
    var found: [Field] = []
    collect(into: &found)
    return found
  }

  private func collect(into found: inout [Field]) {
    switch self {
    case .and(let filters), .or(let filters): for filter in filters { filter.collect(into: &found) }
    case .not(let filter): filter.collect(into: &found)
    default: if let field = leafField, !found.contains(field) { found.append(field) }
    }
  }

  /// The field of a condition; nil for what combines conditions.
  var leafField: Field? {
    switch self {
    case .and, .or, .not: nil
    case .compare(let field, _, _), .in(let field, _), .notIn(let field, _), .between(let field, _, _),
      .exists(let field, _), .like(let field, _), .ilike(let field, _), .contains(let field, _):
      field
    }
  }
}
