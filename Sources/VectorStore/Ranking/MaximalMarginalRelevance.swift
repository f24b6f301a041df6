// SPDX-License-Identifier: Apache-2.0

/// Picks documents that are near the query and far from each other. Carbonell and Goldstein, "The Use of MMR,
/// Diversity-Based Reranking for Reordering
/// Documents and Producing Summaries" (SIGIR 1998).
public struct MaximalMarginalRelevance: Sendable, Hashable {
  /// How many of the nearest documents are candidates.
  public let fetchK: Int
  /// 1 looks at the query only, 0 (after the first pick) at diversity only.
  public let lambda: Double

  /// MMR over the `fetchK` nearest documents.
  ///
  /// - Throws: ``VectorStoreError/Code/invalidArgument`` if `fetchK` is negative or `lambda` outside of 0…1.
  public init(fetchK: Int = 20, lambda: Double = 0.5) throws {
    guard fetchK >= 0 else { throw VectorStoreError(.invalidArgument, "fetchK must not be negative, but is \(fetchK)") }
    guard (0...1).contains(lambda) else {
      throw VectorStoreError(.invalidArgument, "lambda must be in 0…1, but is \(lambda)")
    }
    self.fetchK = fetchK
    self.lambda = lambda
  }

  /// How many candidates to fetch for k results: never fewer than k.
  public func candidateCount(k: Int) -> Int { max(fetchK, k) }

  /// The places of the picked candidates, in the order of picking.
  ///
  /// The first pick is the candidate that is most similar to the query, for every λ; each further one maximises
  /// λ·cos(query, d) − (1−λ)·max cos(d, picked).
  /// Similarity is the cosine whatever the store's metric, as in LangChain, computed in Float64; a vector of norm zero
  /// has similarity 0 to all. Of equal candidates the
  /// one that comes first is picked.
  ///
  /// - Parameters:
  ///   - query: the query's vector.
  ///   - candidates: the candidates' vectors, nearest first.
  ///   - k: how many to pick; all where there are fewer.
  /// - Throws: ``VectorStoreError/Code/dimensionMismatch``, ``VectorStoreError/Code/invalidArgument`` for numbers that
  ///   are not finite.
  /// - Complexity: O(k · candidates · dimensions).
  public func select(query: [Float], candidates: [[Float]], k: Int) throws -> [Int] {
    let query = try Self.unit(query, dimension: query.count, row: nil)
    let rows = try candidates.enumerated().map { try Self.unit($1, dimension: query.count, row: $0) }
    let relevance = rows.map { Self.dot($0, query) }
    var redundancy = Array(repeating: -Double.infinity, count: rows.count)
    var isPicked = Array(repeating: false, count: rows.count)
    var picks: [Int] = []
    while picks.count < min(k, rows.count) {
      var best: (place: Int, value: Double)?
      for place in rows.indices where !isPicked[place] {
        let value = picks.isEmpty ? relevance[place] : lambda * relevance[place] - (1 - lambda) * redundancy[place]
        if value > best?.value ?? -.infinity { best = (place, value) }
      }
      guard let pick = best?.place else { break }
      isPicked[pick] = true
      picks.append(pick)
      for place in rows.indices where !isPicked[place] {
        redundancy[place] = max(redundancy[place], Self.dot(rows[place], rows[pick]))
      }
    }
    return picks
  }

  /// The ids of the picked candidates, in the order of picking. See
  /// ``select(query:candidates:k:)-([Float],[[Float]],_)``.
  public func select(query: [Float], candidates: [(id: String, vector: [Float])], k: Int) throws -> [String] {
    try select(query: query, candidates: candidates.map(\.vector), k: k).map { candidates[$0].id }
  }

  private static func unit(_ vector: [Float], dimension: Int, row: Int?) throws -> [Double] {
    let context: [VectorStoreError.ContextKey: String] = row.map { [.row: String($0)] } ?? [:]
    guard vector.count == dimension else {
      throw VectorStoreError(
        .dimensionMismatch, "expected \(dimension) dimensions, not \(vector.count)", context: context)
    }
    guard vector.allSatisfy(\.isFinite) else {
      throw VectorStoreError(.invalidArgument, "the vector holds a NaN or an infinity", context: context)
    }
    let numbers = vector.map(Double.init)
    let norm = dot(numbers, numbers).squareRoot()
    return norm > 0 ? numbers.map { $0 / norm } : numbers
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for place in a.indices { sum += a[place] * b[place] }
    return sum
  }
}
