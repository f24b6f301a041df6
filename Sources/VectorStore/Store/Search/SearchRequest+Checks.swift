// SPDX-License-Identifier: Apache-2.0

extension SearchRequest {
  /// - Throws: ``VectorStoreError/Code/invalidArgument``.
  func check() throws {
    try Self.check("k", k, atLeast: 0)
    try Self.check("efSearch", efSearch, atLeast: 1)
    try Self.check("probes", probes, atLeast: 1)
    try Self.check("rerankCandidates", rerankCandidates, atLeast: 0)
    if let minimumRelevance, !(0...1).contains(minimumRelevance) {
      throw VectorStoreError(.invalidArgument, "minimumRelevance must be in 0…1, but is \(minimumRelevance)")
    }
    if let maximumDistance, maximumDistance.isNaN {
      throw VectorStoreError(.invalidArgument, "maximumDistance must be a number, but is NaN")
    }
    if let hybrid {
      try Self.check("hybrid.candidates", hybrid.candidates, atLeast: 0)
      if case .text = query { return }
      guard hybrid.keywords != nil else {
        throw VectorStoreError(.invalidArgument, "a hybrid search by a vector or a stored document needs keywords")
      }
    }
  }

  private static func check(_ name: String, _ value: Int?, atLeast least: Int) throws {
    guard let value, value < least else { return }
    throw VectorStoreError(.invalidArgument, "\(name) must be at least \(least), but is \(value)")
  }

  /// How many hits are needed after reranking: those that diversity picks from, or k.
  var pickCount: Int { diversity?.candidateCount(k: k) ?? k }

  /// How many hits are needed before reranking.
  var poolCount: Int { reranker == nil ? pickCount : max(pickCount, rerankCandidates ?? Self.generous(k)) }

  /// How many candidates each search is asked for; never fewer than are needed.
  var candidateCount: Int {
    guard let hybrid else { return poolCount }
    return max(poolCount, hybrid.candidates ?? Self.generous(k))
  }

  /// The larger of k and 4·k up to 100.
  private static func generous(_ k: Int) -> Int { max(k, 4 * min(k, 25)) }
}
