// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// The document's id, which is a string whatever the type of its column; equality uses the column's own type where it can,
/// which its primary key serves.
struct IdentifierSource: FilterSource {
  let text: TextSource
  let column: MetadataColumn?

  func compare(_ comparison: Filter.Comparison, _ value: FilterValue) -> Condition {
    comparison == .equal ? isAmong([value]) : text.compare(comparison, value)
  }

  func isAmong(_ values: [FilterValue]) -> Condition {
    guard let column else { return text.isAmong(values) }
    let strings = FilterValues(values).strings
    let dates = values.filter { if case .date = $0 { true } else { false } }
    let found: Condition
    switch column.kind {
    case .uuid:
      let ids = strings.compactMap(PGUUID.init(canonical:))
      found = Membership.isAny(column.expression, .uuids(ids), type: "uuid[]", count: ids.count)
    case .integer:
      let ids = strings.compactMap { text in Int64(text).flatMap { $0.description == text ? $0 : nil } }
      found = Membership.isAny(column.expression, .int8s(ids), type: "int8[]", count: ids.count)
    default: return text.isAmong(values)
    }
    return .any([found, dates.isEmpty ? .never : text.isAmong(dates)])
  }

  func isNotAmong(_ values: [FilterValue]) -> Condition { text.isNotAmong(values) }
  var exists: Condition { text.exists }
  var isMissing: Condition { text.isMissing }
  func like(_ pattern: LikePattern, ignoringCase: Bool, isNegated: Bool) -> Condition {
    text.like(pattern, ignoringCase: ignoringCase, isNegated: isNegated)
  }
  func contains(_ value: FilterValue, isNegated: Bool) -> Condition { .never }
}
