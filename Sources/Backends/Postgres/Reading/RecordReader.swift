// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// The SELECTs that read records without a search.
struct RecordReader: Sendable {
  let layout: TableLayout
  let scope: TableScope

  /// Records of ids, in any order. Ids that are none of the table's type are not there.
  func statement(ids: [String], includingVectors: Bool) -> SQLText {
    let selection = RowSelection(layout, includesVectors: includingVectors)
    return """
      SELECT \(selection.columns) FROM \(layout.name.sql)
      WHERE \(IDCoding(layout).isAny(of: ids))\(scope.and)
      """
  }

  /// The next records in the order of their ids' bytes.
  func page(_ filter: SQLText?, after cursor: String?, limit: Int, includingVectors: Bool) -> SQLText {
    let selection = RowSelection(layout, includesVectors: includingVectors)
    var conditions: [SQLText] = []
    if let cursor { conditions.append(IDCoding(layout).isAfter(cursor)) }
    if let filter { conditions.append("(\(filter))") }
    if let scope = scope.condition { conditions.append(scope) }
    let condition: SQLText = conditions.isEmpty ? "" : "WHERE \(conditions.joined(by: " AND "))"
    return """
      SELECT \(selection.columns) FROM \(layout.name.sql) \(condition) ORDER BY \(layout.idOrder)
      LIMIT \(bind: .int8(Int64(limit)))
      """
  }

  /// How many rows match.
  func count(_ filter: SQLText?) -> SQLText {
    let conditions = [filter.map { "(\($0))" as SQLText }, scope.condition].compactMap { $0 }
    let condition: SQLText = conditions.isEmpty ? "" : "WHERE \(conditions.joined(by: " AND "))"
    return "SELECT count(*) FROM \(layout.name.sql) \(condition)"
  }
}
