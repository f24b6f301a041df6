// SPDX-License-Identifier: Apache-2.0

import HNSW
import VectorStoreCore
import VectorStoreTesting

/// Random filters over random documents: what SQL finds, beside the definition in memory.
struct FiltersSuite: VerifySuite {
  let name = VerifySuiteName.filters
  let server: VerifyServer
  private var store: VectorStore?

  init(server: VerifyServer) { self.server = server }

  private static let filters = 50
  private static let dimension = 3

  mutating func run(seed: UInt64, _ tally: inout VerifyTally) async throws {
    var random = SeededGenerator(seed)
    let records = RandomDocuments.records(1 + random.below(80), dimension: Self.dimension, &random)
    let filters = (0..<Self.filters).map { number in
      // Each with its opposite: unknown is neither.
      number % 2 == 0 ? random.filter(depth: 1 + random.below(3)) : nil
    }
    let query = random.vector(dimension: Self.dimension)
    let store = try await opened()
    try await server.fill(store, records)
    let oracle = FilterOracle(documents: records.map(\.document))
    let distances = try Oracle(rows: records.map { (id: $0.id, vector: $0.vector) }, metric: .l2)
    var last: Filter = .all
    for given in filters {
      let filter = given ?? .not(last)
      last = filter
      let page = try await store.backend.scroll(
        filter: filter, after: nil, limit: records.count, includingVectors: false)
      tally.countUnits(name)
      tally.count(name, "jsonb", filter.kind)
      add(oracle.check(ids: page.records.map(\.id), filter: filter), filter, seed, &tally)
      guard random.oneIn(5) else { continue }
      let k = 1 + random.below(10)
      let hits = try await store.search(vector: query, k: k, filter: filter)
      tally.count(name, "jsonb", "<-> LIMIT k")
      let report = try distances.check(
        answer: hits.map { (id: $0.id, distance: $0.distance.map(Double.init)) }, query: query, k: k,
        allowing: oracle.ids(matching: filter))
      add(report, filter, seed, &tally)
    }
  }

  private mutating func opened() async throws -> VectorStore {
    if let store { return store }
    let made = try await server.store("filters", dimension: Self.dimension, metric: .l2, keywords: false)
    store = made
    return made
  }

  private func add(_ report: OracleReport, _ filter: Filter, _ seed: UInt64, _ tally: inout VerifyTally) {
    for disagreement in report.disagreements {
      tally.add(
        VerifyDisagreement(
          suite: name, seed: seed, what: "\(disagreement.kind.rawValue) \(disagreement.id ?? "")", input: "\(filter)",
          expected: disagreement.expected, engine: "as expected", pgvector: disagreement.found))
    }
  }
}

extension Filter {
  /// What stands outermost, for the table of counts.
  fileprivate var kind: String {
    switch self {
    case .and: "and"
    case .or: "or"
    case .not: "not"
    case .compare: "compare"
    case .in, .notIn: "in"
    case .between: "between"
    case .exists: "exists"
    case .like, .ilike: "like"
    case .contains: "contains"
    }
  }
}
