// SPDX-License-Identifier: Apache-2.0

import HNSW
import VectorStoreCore

/// The statements of a search by vector.
struct NearestSearch: Sendable {
  let request: CandidateRequest.Nearest
  let filter: SQLText?
  let expression: VectorExpression
  let index: VectorIndex?
  let selection: RowSelection

  private var layout: TableLayout { expression.layout }

  /// How many hits of a half-precise or binary index are ranked again for each that is wanted.
  private var innerCount: Int {
    guard let index else { return request.count }
    let wanted =
      switch index.form {
      case .column, .typed: request.count
      case .half: max(request.count.multipliedSaturating(by: 2), 40)
      case .binary: max(request.count.multipliedSaturating(by: 20), 200)
      }
    return wanted
  }

  /// Settings of the server for this search, valid until its transaction ends.
  var settings: [(name: String, value: String)] {
    guard let index, !request.isExact else { return [] }
    var settings: [(name: String, value: String)] = []
    let canIterate = expression.vectorExtension.hasIterativeScan
    switch index.kind {
    case .hnsw:
      let efSearch = request.efSearch ?? min(1_000, max(Self.defaultEfSearch, innerCount))
      if efSearch != Self.defaultEfSearch { settings.append(("hnsw.ef_search", String(efSearch))) }
      if canIterate, filter != nil || innerCount > efSearch { settings.append(("hnsw.iterative_scan", "strict_order")) }
    case .ivfflat:
      let lists = index.parameters["lists"] ?? 100
      let probes = request.probes ?? max(1, Int(Double(lists).squareRoot().rounded(.up)))
      if probes != 1 { settings.append(("ivfflat.probes", String(min(probes, lists)))) }
      if canIterate, filter != nil || innerCount > 100 { settings.append(("ivfflat.iterative_scan", "relaxed_order")) }
    case .exact: break
    }
    if filter != nil {
      // A plan for any value of a filter is not the one for this value.
      settings.append(("plan_cache_mode", "force_custom_plan"))
    } else if isStoredApart {
      settings.append(("enable_seqscan", "off"))
    }
    return settings
  }

  /// The settings as a statement that travels before the search; nil where there are none.
  var settingsStatement: PGStatement? {
    let settings = settings
    guard !settings.isEmpty else { return nil }
    let calls = settings.map { setting in
      "pg_catalog.set_config(\(bind: .text(setting.name)), \(bind: .text(setting.value)), true)" as SQLText
    }
    return ("SELECT \(calls.joined(by: ", "))" as SQLText).statement()
  }

  /// pgvector's own default of `hnsw.ef_search`.
  static let defaultEfSearch = 40

  /// Whether rows hold their vectors in another place, beyond 2 kB (TOAST). The planner does not count what it costs to fetch them
  /// there, and would rather compare all rows than use the index.
  private var isStoredApart: Bool {
    let bits =
      switch layout.vectorType {
      case .vector: 32
      case .halfvec: 16
      case .sparsevec: 0
      case .bit: 1
      }
    return request.vector.count * bits / 8 > 2_000
  }

  private var condition: SQLText {
    let conditions = [expression.scope.condition, filter.map { "(\($0))" as SQLText }].compactMap { $0 }
    return conditions.isEmpty ? "" : "WHERE \(conditions.joined(by: " AND "))"
  }

  /// The search by the index where there is one, else by comparing all that match.
  func statement() throws -> SQLText {
    if request.isExact { return try exactStatement() }
    let query = try expression.query(request.vector)
    let distance = expression.distance(query)
    guard let index, let approximate = expression.approximateDistance(index, query) else {
      return """
        SELECT \(selection.columns), \(distance) FROM \(layout.name.sql) \(condition) ORDER BY \(distance) LIMIT \(request.count)
        """
    }
    return """
      SELECT \(selection.columns), \(distance) AS "distance" FROM (SELECT * FROM \(layout.name.sql) \(condition)
      ORDER BY \(approximate) LIMIT \(innerCount)) AS "near" ORDER BY \(distance) LIMIT \(request.count)
      """
  }

  /// The search that compares all that match: an order that no index has.
  func exactStatement() throws -> SQLText {
    let distance = expression.distance(try expression.query(request.vector))
    return """
      SELECT \(selection.columns), \(distance) FROM \(layout.name.sql) \(condition)
      ORDER BY \(distance) + 0 LIMIT \(request.count)
      """
  }
}

extension Int {
  fileprivate func multipliedSaturating(by factor: Int) -> Int {
    let (product, overflows) = multipliedReportingOverflow(by: factor)
    return overflows ? .max : product
  }
}
