// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// A column of type boolean.
struct BoolColumnSource: ColumnSource {
  let column: MetadataColumn

  func compare(_ comparison: Filter.Comparison, _ value: FilterValue) -> Condition {
    guard case .bool(let bool) = value else { return .never }
    return isOne(of: [false, true].filter { comparison.isTrue(Ordering.of($0 ? 1 : 0, bool ? 1 : 0)) })
  }

  func isAmong(_ values: [FilterValue]) -> Condition { isOne(of: FilterValues(values).bools) }

  func isNotAmong(_ values: [FilterValue]) -> Condition {
    let bools = FilterValues(values).bools
    let onlyBools = values.allSatisfy { if case .bool = $0 { true } else { false } }
    return onlyBools ? isOne(of: Set([false, true]).subtracting(bools)) : .never
  }

  private func isOne(of values: some Collection<Bool>) -> Condition {
    guard let first = values.first else { return .never }
    return values.count > 1 ? exists : Condition(first ? "\(expression) = TRUE" : "\(expression) = FALSE")
  }
}
