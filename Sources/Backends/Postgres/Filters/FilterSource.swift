// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// Where the value of a field comes from, which says how it compares.
protocol FilterSource {
  /// The field compares so with a value.
  func compare(_ comparison: Filter.Comparison, _ value: FilterValue) -> Condition
  /// The field equals one of the values, of which there is one at least.
  func isAmong(_ values: [FilterValue]) -> Condition
  /// The field can be compared with all of the values and equals none; there is one at least.
  func isNotAmong(_ values: [FilterValue]) -> Condition
  /// The field is there.
  var exists: Condition { get }
  /// The field is not there.
  var isMissing: Condition { get }
  /// The field is a string that matches, or one that does not.
  func like(_ pattern: LikePattern, ignoringCase: Bool, isNegated: Bool) -> Condition
  /// The field is an array with the value, or one without.
  func contains(_ value: FilterValue, isNegated: Bool) -> Condition
}

extension FilterSource {
  func condition(_ leaf: FilterLeaf) -> Condition {
    switch leaf {
    case .compare(let comparison, let value): compare(comparison, value)
    // Without a value nothing can be unknown but a field that is missing.
    case .among(let values, let isNegated) where values.isEmpty: isNegated ? exists : .never
    case .among(let values, false): isAmong(values)
    case .among(let values, true): isNotAmong(values)
    case .between(let lower, let upper, false): .all([compare(.greaterOrEqual, lower), compare(.lessOrEqual, upper)])
    case .between(let lower, let upper, true): .any([compare(.less, lower), compare(.greater, upper)])
    case .exists(let expected): expected ? exists : isMissing
    case .like(let pattern, let ignoringCase, let isNegated):
      like(pattern, ignoringCase: ignoringCase, isNegated: isNegated)
    case .contains(let value, let isNegated): contains(value, isNegated: isNegated)
    case .constant(let value): value ? .always : .never
    }
  }
}

/// A field that no row has.
struct MissingSource: FilterSource {
  func compare(_ comparison: Filter.Comparison, _ value: FilterValue) -> Condition { .never }
  func isAmong(_ values: [FilterValue]) -> Condition { .never }
  func isNotAmong(_ values: [FilterValue]) -> Condition { .never }
  var exists: Condition { .never }
  var isMissing: Condition { .always }
  func like(_ pattern: LikePattern, ignoringCase: Bool, isNegated: Bool) -> Condition { .never }
  func contains(_ value: FilterValue, isNegated: Bool) -> Condition { .never }
}
