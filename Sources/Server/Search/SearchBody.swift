// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// A search as it is sent, in a body or behind the `?`.
struct SearchBody {
  let request: SearchRequest
  /// Whether hits tell where the query's words are in them.
  let highlights: Bool

  static let keys: Set<String> = [
    "query", "vector", "like", "k", "filter", "hybrid", "keywords", "mmr", "min_relevance", "max_distance", "exact",
    "ef_search", "probes", "include_vectors", "explain", "highlight",
  ]

  init(_ fields: Fields, _ limits: ServerLimits) throws {
    var request = SearchRequest(try Self.query(fields))
    request.k = try fields.integer("k", in: 0...limits.k) ?? min(5, limits.k)
    request.filter = try fields.filter("filter", limit: limits.filterParts)
    request.hybrid = try Self.hybrid(fields, limits)
    request.diversity = try Self.diversity(fields, limits)
    request.minimumRelevance = try fields.number("min_relevance")
    if let relevance = request.minimumRelevance, !(0...1).contains(relevance) {
      throw Problem.member(fields.path("min_relevance"), "is a number from 0 to 1, not \(relevance)")
    }
    request.maximumDistance = try fields.number("max_distance").map { Float($0) }
    request.isExact = try fields.flag("exact") ?? false
    request.efSearch = try fields.integer("ef_search", in: 1...limits.candidates)
    request.probes = try fields.integer("probes", in: 1...limits.candidates)
    request.includesVectors = try fields.flag("include_vectors") ?? false
    request.explains = try fields.flag("explain") ?? false
    highlights = try fields.flag("highlight") ?? false
    if case .text = request.query {
    } else if let hybrid = request.hybrid, hybrid.keywords == nil {
      throw Problem.member(fields.path("keywords"), "is missing: a hybrid search without \"query\" needs them")
    }
    self.request = request
  }

  /// Whether it computes little outside of the backend and makes a short answer: see ``Route/isBrief``.
  var isBrief: Bool { request.k <= 100 && request.diversity == nil && !request.includesVectors && !highlights }

  /// The words that are marked.
  var words: String? {
    guard highlights else { return nil }
    if let keywords = request.hybrid?.keywords { return keywords }
    if case .text(let text) = request.query { return text }
    return nil
  }

  private static func query(_ fields: Fields) throws -> SearchRequest.Query {
    let given = ["query", "vector", "like"].filter { fields[$0] != nil }
    guard given.count == 1 else {
      throw Problem(
        .invalidRequest, "give one of \"query\", \"vector\" and \"like\"",
        path: fields.place.isEmpty ? nil : fields.place)
    }
    if let vector = try fields.vector("vector") { return .vector(vector) }
    if let id = try fields.string("like") { return .like(id: id) }
    let text = try fields.string("query") ?? ""
    guard !text.allSatisfy(\.isWhitespace) else { throw Problem.member(fields.path("query"), "is empty") }
    return .text(text)
  }

  private static func hybrid(_ fields: Fields, _ limits: ServerLimits) throws -> SearchRequest.Hybrid? {
    let keywords = try fields.string("keywords")
    var hybrid = SearchRequest.Hybrid(keywords: keywords)
    switch fields["hybrid"] {
    case nil: return keywords == nil ? nil : hybrid
    case .bool(false)?:
      guard keywords == nil else { throw Problem.member(fields.path("hybrid"), "is false, but there are \"keywords\"") }
      return nil
    case .bool(true)?: return hybrid
    case .object(let object)?:
      let inner = try Fields(
        .object(object), at: fields.path("hybrid"), keys: ["fusion", "keyword_weight", "candidates"])
      hybrid.candidates = try inner.integer("candidates", in: 0...limits.candidates)
      hybrid.fusion = try fusion(inner)
      return hybrid
    default: throw Problem.member(fields.path("hybrid"), "is true, false or an object")
    }
  }

  private static func fusion(_ fields: Fields) throws -> Fusion {
    let weight = try fields.number("keyword_weight")
    if let weight, !(0...1).contains(weight) {
      throw Problem.member(fields.path("keyword_weight"), "is a number from 0 to 1, not \(weight)")
    }
    let weights = weight.map { [1 - $0, $0] }
    switch try fields.string("fusion") ?? "rrf" {
    case "rrf": return .reciprocalRank(weights: weights)
    case "weighted": return .weighted(weights: weights)
    case let other: throw Problem.member(fields.path("fusion"), "is rrf or weighted, not '\(other)'")
    }
  }

  private static func diversity(_ fields: Fields, _ limits: ServerLimits) throws -> MaximalMarginalRelevance? {
    switch fields["mmr"] {
    case nil, .bool(false)?: return nil
    case .bool(true)?: return try MaximalMarginalRelevance()
    case .object(let object)?:
      let inner = try Fields(.object(object), at: fields.path("mmr"), keys: ["lambda", "fetch_k"])
      let lambda = try inner.number("lambda") ?? 0.5
      guard (0...1).contains(lambda) else {
        throw Problem.member(inner.path("lambda"), "is a number from 0 to 1, not \(lambda)")
      }
      return try MaximalMarginalRelevance(
        fetchK: try inner.integer("fetch_k", in: 0...limits.candidates) ?? 20, lambda: lambda)
    default: throw Problem.member(fields.path("mmr"), "is true, false or an object")
    }
  }
}
