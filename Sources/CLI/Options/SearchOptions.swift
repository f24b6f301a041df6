// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import VectorStoreCore

/// How a search is made.
struct SearchOptions: ParsableArguments {
  @Option(name: .customShort("k"), help: ArgumentHelp("How many passages.", valueName: "n"))
  var k = 5

  @OptionGroup var filter: FilterOption

  @Flag(help: "Search by keywords too, and fuse both rankings.")
  var hybrid = false

  @Option(
    help: ArgumentHelp("The keywords, in the place of the query's words; makes a search hybrid.", valueName: "words"))
  var keywords: String?

  @Option(help: "Hybrid: reciprocal-rank fusion, or weighted scores.")
  var fusion: FusionArgument = .rrf

  @Option(
    help: ArgumentHelp("Hybrid: what keywords count beside the vector, 0 to 1. (default: as much)", valueName: "x"))
  var keywordWeight: Double?

  @Flag(help: "Pick passages that differ from each other (maximal marginal relevance).")
  var mmr = false

  @Option(
    help: ArgumentHelp(
      "How many candidates --mmr picks from, or --hybrid takes of each ranking. (default: 20, or 4·k)", valueName: "n"))
  var fetchK: Int?

  @Option(help: ArgumentHelp("With --mmr: 1 is all relevance, 0 all diversity. (default: 0.5)", valueName: "x"))
  var lambda: Double?

  @Flag(help: "Compare all vectors instead of using the index.")
  var exact = false

  @Option(help: ArgumentHelp("How wide the index is searched: more is slower and finds more.", valueName: "n"))
  var efSearch: Int?

  @Option(help: ArgumentHelp("Nothing of less relevance, 0 to 1.", valueName: "x"))
  var minRelevance: Double?

  @Option(help: ArgumentHelp("Nothing farther than this.", valueName: "x"))
  var maxDistance: Float?

  @Flag(help: "Say on standard error how the answer was made: plan, counts, times.")
  var explain = false

  init() {}

  private var isHybrid: Bool { hybrid || keywords != nil }

  func validate() throws {
    guard k >= 0 else { throw ValidationError("-k is at least 0, not \(k)") }
    if lambda != nil, !mmr { throw ValidationError("--lambda needs --mmr") }
    if fetchK != nil, !mmr, !isHybrid { throw ValidationError("--fetch-k needs --mmr or --hybrid") }
    if keywordWeight != nil, !isHybrid { throw ValidationError("--keyword-weight needs --hybrid") }
    if let keywordWeight, !(0...1 ~= keywordWeight) {
      throw ValidationError("--keyword-weight is from 0 to 1, not \(keywordWeight)")
    }
    if let fetchK, fetchK < 1 { throw ValidationError("--fetch-k is at least 1, not \(fetchK)") }
    if let lambda, !(0...1 ~= lambda) { throw ValidationError("--lambda is from 0 to 1, not \(lambda)") }
    if let minRelevance, !(0...1 ~= minRelevance) {
      throw ValidationError("--min-relevance is from 0 to 1, not \(minRelevance)")
    }
    if let maxDistance, maxDistance.isNaN { throw ValidationError("--max-distance is a number") }
    if let efSearch, efSearch < 1 { throw ValidationError("--ef-search is at least 1, not \(efSearch)") }
  }

  /// The request for a query.
  func request(_ query: SearchRequest.Query) throws -> SearchRequest {
    var request = SearchRequest(query, k: k, filter: try filter.value())
    if isHybrid {
      request.hybrid = SearchRequest.Hybrid(
        fusion: fusion.fusion(keywordWeight: keywordWeight), candidates: fetchK, keywords: keywords)
    }
    if mmr { request.diversity = try MaximalMarginalRelevance(fetchK: fetchK ?? 20, lambda: lambda ?? 0.5) }
    request.isExact = exact
    request.efSearch = efSearch
    request.minimumRelevance = minRelevance
    request.maximumDistance = maxDistance
    request.explains = explain
    return request
  }
}
