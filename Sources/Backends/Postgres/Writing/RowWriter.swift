// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// The statements that change rows.
struct RowWriter: Sendable {
  let layout: TableLayout
  let scope: TableScope
  let vectorExtension: VectorExtension

  /// Adds rows, or puts them in the place of those with their ids. Its result is one row: how many were new, how many there
  /// are in all.
  func upsert(_ batch: RowBatch) throws -> SQLText {
    let coding = IDCoding(layout)
    var columns: [SQLText] = ["\(layout.id)", "\(layout.content)", "\(layout.embedding)"]
    var values: [SQLText] = [coding.cast("r.id"), "r.content", "r.vector"]
    if let json = layout.json {
      columns.append("\(json)")
      values.append(layout.isJSONBinary ? "r.json::jsonb" : "r.json::json")
    }
    for (place, member) in layout.members.enumerated() {
      columns.append("\(member.column)")
      values.append("r.m\(place)::\(member.type)")
    }
    if case .column(let keywords, isFilled: false) = layout.keywords {
      columns.append("\(keywords)")
      values.append(
        KeywordText.vector(of: "r.content", try layout.keywordConfiguration))
    }
    // The row is new where no transaction has replaced or locked it. A table of partitions does not tell.
    let isNew: SQLText = layout.partitionColumn == nil ? "(xmax = 0)" : "true"
    let keys = Set(layout.conflictKey)
    let assigned = columns.filter { column in !keys.contains { "\($0)" as SQLText == column } }
    let assignments = assigned.map { "\($0) = EXCLUDED.\($0)" as SQLText }
    return """
      WITH written AS (INSERT INTO \(layout.name.sql) AS t (\(columns.joined(by: ", ")))
      SELECT \(values.joined(by: ", ")) FROM \(try source(batch))
      ON CONFLICT (\(layout.conflictKey.map { "\($0)" as SQLText }.joined(by: ", ")))
      DO UPDATE SET \(assignments.joined(by: ", ")) RETURNING \(isNew) AS added)
      SELECT count(*) FILTER (WHERE added), count(*) FROM written
      """
  }

  /// Rows with these ids in other partitions: an id is one document, in whatever partition.
  func strays(_ batch: RowBatch) -> SQLText? {
    guard let column = layout.partitionColumn, let place = layout.members.firstIndex(where: { $0.column == column })
    else {
      return nil
    }
    return """
      DELETE FROM \(layout.name.sql) t USING \(batch.source)
      WHERE t.\(layout.id) = \(IDCoding(layout).cast("r.id"))
      AND t.\(column) IS DISTINCT FROM r.m\(place)::\(layout.members[place].type)
      """
  }

  /// How many of these ids have a row.
  func present(ids: [String]) -> SQLText {
    "SELECT count(*) FROM \(layout.name.sql) WHERE \(IDCoding(layout).isAny(of: ids))"
  }

  /// Waits for other writers of several statements; until the end of the transaction. Without it they could hold rows that the
  /// other needs, each the other's.
  var turn: SQLText {
    """
    SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(
    \(bind: .text("vectorstore writes \(layout.name.display)")), 0))
    """
  }

  /// Sets the metadata of rows.
  func updateMetadata(_ batch: RowBatch) -> SQLText {
    var assignments: [SQLText] = []
    if let json = layout.json {
      assignments.append("\(json) = \(layout.isJSONBinary ? "r.json::jsonb" : "r.json::json")" as SQLText)
    }
    for (place, member) in layout.members.enumerated() {
      assignments.append("\(member.column) = r.m\(place)::\(member.type)")
    }
    return """
      UPDATE \(layout.name.sql) t SET \(assignments.joined(by: ", ")) FROM \(batch.source)
      WHERE t.\(layout.id) = \(IDCoding(layout).cast("r.id"))
      """
  }

  /// Deletes rows by their ids; the ids of those that were there come back as text.
  func delete(ids: [String]) -> SQLText {
    """
    DELETE FROM \(layout.name.sql) WHERE \(IDCoding(layout).isAny(of: ids))\(scope.and) RETURNING \(layout.idText)
    """
  }

  /// Deletes rows that match; their ids come back as text.
  func delete(matching condition: SQLText?) -> SQLText {
    let conditions = [condition.map { "(\($0))" as SQLText }, scope.condition].compactMap { $0 }
    let all: SQLText = conditions.isEmpty ? "" : "WHERE \(conditions.joined(by: " AND "))"
    return "DELETE FROM \(layout.name.sql) \(all) RETURNING \(layout.idText)"
  }

  /// The metadata of rows that will be changed, locked until the end of the transaction, in the order of the ids.
  func lockedRows(ids: [String], _ selection: RowSelection) -> SQLText {
    """
    SELECT \(selection.columns) FROM \(layout.name.sql) WHERE \(IDCoding(layout).isAny(of: ids))\(scope.and)
    ORDER BY \(layout.idOrder) FOR UPDATE
    """
  }

  private func source(_ batch: RowBatch) throws -> SQLText {
    var vectors = try PGParameter.vectors(batch.vectors, as: layout.vectorType, elementOID: layout.vectorOID)
    var vectorArray: SQLText = "\(bind: vectors)::\(vectorExtension.type(layout.vectorType))[]"
    if layout.vectorType == .bit {
      // A cast to bit[] would cut each to one bit.
      vectors.type = PGType.bitArray
      vectorArray = "\(bind: vectors)"
    }
    var arrays: [SQLText] = [
      "\(bind: .texts(batch.ids))::text[]", "\(bind: .texts(batch.contents))::text[]", vectorArray,
    ]
    var names: [SQLText] = ["id", "content", "vector"]
    if layout.json != nil {
      arrays.append("\(bind: .texts(batch.jsons))::text[]")
      names.append("json")
    }
    for place in layout.members.indices {
      arrays.append("\(bind: .texts(batch.members[place]))::text[]")
      names.append("m\(place)")
    }
    return "unnest(\(arrays.joined(by: ", "))) AS r(\(names.joined(by: ", ")))"
  }
}
