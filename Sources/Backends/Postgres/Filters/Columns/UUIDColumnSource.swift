// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// A column of type uuid, whose canonical texts are in the order of its bytes.
struct UUIDColumnSource: ColumnSource {
  let column: MetadataColumn

  func compare(_ comparison: Filter.Comparison, _ value: FilterValue) -> Condition {
    guard case .string(let text) = value else { return .never }
    if let uuid = PGUUID(canonical: text) { return Condition("\(expression) \(comparison.sql) \(bind: .uuid(uuid))") }
    return generic.compare(comparison, value)
  }

  func isAmong(_ values: [FilterValue]) -> Condition {
    let uuids = Self.uuids(values)
    if uuids.isEmpty { return .never }
    return Membership.isAny(expression, .uuids(uuids), type: "uuid[]", count: uuids.count)
  }

  func isNotAmong(_ values: [FilterValue]) -> Condition {
    guard values.allSatisfy({ if case .string = $0 { true } else { false } }) else { return .never }
    let uuids = Self.uuids(values)
    if uuids.isEmpty { return exists }
    return Membership.isNone(expression, .uuids(uuids), type: "uuid[]", count: uuids.count)
  }

  func like(_ pattern: LikePattern, ignoringCase: Bool, isNegated: Bool) -> Condition {
    generic.like(pattern, ignoringCase: ignoringCase, isNegated: isNegated)
  }

  private static func uuids(_ values: [FilterValue]) -> [PGUUID] {
    FilterValues(values).strings.compactMap(PGUUID.init(canonical:))
  }
}
