// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// A column of type text[]; a GIN index of it serves `$contains`.
struct TextArrayColumnSource: ColumnSource {
  let column: MetadataColumn

  func compare(_ comparison: Filter.Comparison, _ value: FilterValue) -> Condition { .never }
  func isAmong(_ values: [FilterValue]) -> Condition { .never }
  func isNotAmong(_ values: [FilterValue]) -> Condition { .never }

  func contains(_ value: FilterValue, isNegated: Bool) -> Condition {
    guard case .string(let text) = value, !text.utf8.contains(0), !isNegated else {
      return generic.contains(value, isNegated: isNegated)
    }
    // In an array of arrays the elements are arrays.
    return Condition("(\(expression) @> \(bind: .texts([text])) AND array_ndims(\(expression)) = 1)")
  }
}
