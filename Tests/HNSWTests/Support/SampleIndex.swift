// SPDX-License-Identifier: Apache-2.0

import HNSW

/// An index in which everything occurs that a file can hold: upper levels, twins, dead slots, several blocks a section.
struct SampleIndex {
  let kind: IndexKind
  let index: HNSWIndex
  let queries: [TestVector]
  let dimension: Int

  init(_ kind: IndexKind, count: Int, dimension: Int) throws {
    self.kind = kind
    self.dimension = dimension
    index = try HNSWIndex(kind.configuration(dimension: dimension, m: 3, efConstruction: 24))
    var generator = SeededGenerator(7)
    var vectors = (0..<count).map { _ in TestVector.random(kind, dimension: dimension, using: &generator) }
    for row in stride(from: 10, to: count, by: 10) { vectors[row] = vectors[3] }
    if kind.metric == .cosine { vectors[5] = .floats([Float](repeating: 0, count: dimension)) }
    try index.upsert(labels: (0..<UInt64(count)).map { $0 * 3 }, vectors: vectors)
    try index.remove(labels: stride(from: 3, to: UInt64(count), by: 21).map { $0 })
    queries = (0..<3).map { _ in .random(kind, dimension: dimension, using: &generator) }
  }

  /// Questions whose answers do not depend on chance, walks among them.
  static func answers(
    _ index: HNSWIndex, _ queries: [TestVector], single: UInt64
  ) -> [Result<[Neighbor], VectorIndexError>] {
    let view = index.view()
    func ask(_ body: () throws -> [Neighbor]) -> Result<[Neighbor], VectorIndexError> {
      do { return .success(try body()) } catch {
        return .failure(error as? VectorIndexError ?? VectorIndexError(.invariantViolated, "\(error)"))
      }
    }
    var answers = [
      ask { try view.search(queries[0], k: 1, options: SearchOptions(efSearch: 2)) },
      ask {
        let allow = try view.allowList(labels: [single])
        return try view.search(queries[1], k: 3, options: SearchOptions(allow: allow))
      },
      ask {
        let allow = try view.allowList { $0 % 2 == 0 }
        return try view.search(queries[1], k: 2, options: SearchOptions(efSearch: 3, allow: allow))
      },
    ]
    for query in queries {
      answers.append(ask { try view.search(query, k: 2, options: SearchOptions(efSearch: 4)) })
      answers.append(ask { try view.search(query, k: 40, options: SearchOptions(exact: true)) })
    }
    return answers
  }
}
