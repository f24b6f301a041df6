// SPDX-License-Identifier: Apache-2.0

/// Whom the others are measured against.
package struct Yardstick: Sendable {
  /// For a column's head, after "×": `best f32 peer`.
  package let title: String
  private let members: [EngineRecord]

  /// The yardsticks that there are among `records`: pgvector, the best peer with float32, the best with 8 bits.
  ///
  /// Exact engines, our own, and those that are in the report only are none.
  package static func among(_ records: [EngineRecord]) -> [Yardstick] {
    let rivals = records.filter { !$0.isAside && !$0.isExact && $0.family != ownFamily }
    let peers = rivals.filter { $0.family != pgvectorFamily }
    let plain = rivals.first { $0.family == pgvectorFamily }
    let all = [
      Yardstick(title: plain?.label ?? "", members: plain.map { [$0] } ?? []),
      Yardstick(title: "best f32 peer", members: peers.filter { $0.storage == "float32" }),
      Yardstick(title: "best 8-bit peer", members: peers.filter { $0.storage == "int8" }),
    ]
    return all.filter { !$0.members.isEmpty }
  }

  /// The one that filtered searches are compared with: the first rival that was measured with filters.
  package static func filtered(among records: [EngineRecord]) -> EngineRecord? {
    let rivals = records.filter { record in
      !record.isAside && !record.isExact && record.family != ownFamily && record.points.contains { $0.filter != nil }
    }
    return rivals.first { $0.family == pgvectorFamily } ?? rivals.first
  }

  /// The highest median rate of the members at one of the record's recall targets; `nil` where none reaches it.
  package func rate(at target: Double) -> Double? {
    members.compactMap { $0.rate(at: target)?.median }.max()
  }

  /// The family of this package's engines, and of pgvector's.
  static let ownFamily = "swift"
  static let pgvectorFamily = "pgvector"
}
