// SPDX-License-Identifier: Apache-2.0

package import VectorStoreCore

/// A condition on one field, its negation carried into it.
enum FilterLeaf {
  case compare(Filter.Comparison, FilterValue)
  case among([FilterValue], isNegated: Bool)
  case between(FilterValue, FilterValue, isNegated: Bool)
  case exists(Bool)
  case like(LikePattern, ignoringCase: Bool, isNegated: Bool)
  case contains(FilterValue, isNegated: Bool)
  /// Not a condition on a field.
  case constant(Bool)

  init(_ filter: Filter, isNegated: Bool) {
    self =
      switch filter {
      case .compare(_, let comparison, let value): .compare(isNegated ? comparison.opposite : comparison, value)
      case .in(_, let values): .among(values, isNegated: isNegated)
      case .notIn(_, let values): .among(values, isNegated: !isNegated)
      case .between(_, let lower, let upper): .between(lower, upper, isNegated: isNegated)
      case .exists(_, let expected): .exists(expected != isNegated)
      case .like(_, let pattern): .like(pattern, ignoringCase: false, isNegated: isNegated)
      case .ilike(_, let pattern): .like(pattern, ignoringCase: true, isNegated: isNegated)
      case .contains(_, let value): .contains(value, isNegated: isNegated)
      case .and, .or, .not: .constant(!isNegated)
      }
  }
}

extension Filter {
  /// The field of a leaf.
  package var field: Field? {
    switch self {
    case .and, .or, .not: nil
    case .compare(let field, _, _), .in(let field, _), .notIn(let field, _), .between(let field, _, _),
      .exists(let field, _), .like(let field, _), .ilike(let field, _), .contains(let field, _):
      field
    }
  }
}

extension Filter.Comparison {
  /// What holds for two values exactly where this does not.
  var opposite: Filter.Comparison {
    switch self {
    case .equal: .notEqual
    case .notEqual: .equal
    case .less: .greaterOrEqual
    case .lessOrEqual: .greater
    case .greater: .lessOrEqual
    case .greaterOrEqual: .less
    }
  }

  /// The operator of SQL.
  var sql: SQLText {
    switch self {
    case .equal: "="
    case .notEqual: "<>"
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    }
  }

  /// Whether it holds for two values of this order.
  func isTrue(_ order: Ordering) -> Bool { holds(order) == .true }
}
