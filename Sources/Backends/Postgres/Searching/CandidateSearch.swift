// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// A search by vector, by keywords, or both, at one moment of the table.
struct CandidateSearch: Sendable {
  let nearest: NearestSearch?
  let keywords: KeywordSearch?
  let explains: Bool

  /// What was found, and whether the index gave fewer hits than were asked for.
  struct Found: Sendable {
    var set = CandidateSet()
    var isShort = false
  }

  /// Runs it on a connection; in a transaction where it is more than one statement that reads.
  func run(_ connection: PGConnection) async throws -> Found {
    var statements: [PGStatement] = []
    let settings = nearest?.settingsStatement
    if let settings { statements.append(settings) }
    if let nearest { statements.append(try nearest.statement().statement()) }
    if let keywords { statements.append(try keywords.statement().statement()) }
    let clock = ContinuousClock()
    let start = clock.now
    let results =
      statements.count == 1 ? [try await connection.execute(statements[0])] : try await connection.pipeline(statements)
    let elapsed = start.duration(to: clock.now)
    var found = Found()
    var place = settings == nil ? 0 : 1
    if let nearest, place < results.count {
      found.set.nearest = try nearest.selection.nearest(results[place])
      found.isShort = !nearest.request.isExact && found.set.nearest.count < nearest.request.count
      place += 1
    }
    if let keywords, place < results.count { found.set.keywords = try keywords.candidates(results[place]) }
    if explains { found.set.explanation = try await explanation(connection, elapsed) }
    return found
  }

  // MARK: Explaining

  private func explanation(_ connection: PGConnection, _ elapsed: Duration) async throws -> JSONObject {
    var explanation = JSONObject()
    if let nearest {
      explanation["plan"] = .string(
        nearest.request.isExact
          ? "exact" : nearest.index.map { "\($0.kind.rawValue) index \($0.name.name)" } ?? "exact: no index")
      for setting in nearest.settings { explanation[setting.name] = .string(setting.value) }
      explanation["server_plan"] = .array(try await plan(nearest.statement(), nearest.settingsStatement, connection))
    }
    if let keywords {
      explanation["keyword_query"] = .string(keywords.queryText)
      explanation["keyword_plan"] = .array(try await plan(keywords.statement(), nil, connection))
    }
    let (seconds, attoseconds) = elapsed.components
    explanation["milliseconds"] = .double(Double(seconds) * 1_000 + Double(attoseconds / 1_000_000_000_000) / 1_000)
    return explanation
  }

  private func plan(
    _ sql: SQLText, _ settings: PGStatement?, _ connection: PGConnection
  ) async throws -> [JSONValue] {
    var statements = settings.map { [$0] } ?? []
    statements.append(("EXPLAIN (COSTS OFF) \(sql)" as SQLText).statement(isPrepared: false))
    guard let result = try await connection.pipeline(statements).last else { return [] }
    // A plan may hold the query's whole vector.
    return (0..<result.rowCount).map { row in
      let line = result.text(row, 0) ?? ""
      return .string(line.count > 160 ? line.prefix(160) + "…" : line)
    }
  }
}
