// SPDX-License-Identifier: Apache-2.0

import HNSW
import Testing

/// What an index is meant to be: a dictionary, searched by comparing everything.
struct ReferenceIndex: Sendable {
  let metric: Metric
  private(set) var vectors: [UInt64: TestVector] = [:]

  init(_ metric: Metric) { self.metric = metric }

  var labels: [UInt64] { vectors.keys.sorted() }

  mutating func upsert(_ label: UInt64, _ vector: TestVector) { vectors[label] = vector }

  @discardableResult
  mutating func remove(_ label: UInt64) -> Bool { vectors.removeValue(forKey: label) != nil }

  /// The distances of all that is allowed and has one, nearest first.
  func distances(to query: TestVector, allowed: (UInt64) -> Bool = { _ in true }) -> [Double] {
    vectors.compactMap { allowed($0.key) ? ReferenceDistance.between(query, $0.value, metric) : nil }.sorted()
  }

  /// Expects results to be the k nearest: as many as there can be, in order, each label once and with its own distance,
  /// and none farther than the true one of its rank. Which of several vectors at the same distance come last is free.
  func expect(
    _ results: [Neighbor], areNearest k: Int, to query: TestVector, allowed: (UInt64) -> Bool = { _ in true },
    limit: Float? = nil, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let truth = distances(to: query, allowed: allowed).filter { limit == nil || $0 <= Double(limit ?? 0) }
    #expect(results.count == min(k, truth.count), sourceLocation: sourceLocation)
    expect(results, areValidFor: query, allowed: allowed, sourceLocation: sourceLocation)
    for (result, distance) in zip(results, truth) {
      guard let vector = vectors[result.label] else { continue }
      let tolerance = ReferenceDistance.tolerance(query, vector, metric)
      #expect(
        Double(result.distance) <= distance + tolerance, "label \(result.label) is not among the nearest",
        sourceLocation: sourceLocation)
    }
  }

  /// Expects results in order, each label once, there, allowed and with its own distance.
  func expect(
    _ results: [Neighbor], areValidFor query: TestVector, allowed: (UInt64) -> Bool = { _ in true },
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(results == results.sorted(), "not in order", sourceLocation: sourceLocation)
    #expect(Set(results.map(\.label)).count == results.count, "a label comes twice", sourceLocation: sourceLocation)
    for result in results {
      guard allowed(result.label), let vector = vectors[result.label],
        let distance = ReferenceDistance.between(query, vector, metric)
      else {
        Issue.record("label \(result.label) must not be a result", sourceLocation: sourceLocation)
        continue
      }
      #expect(
        (Double(result.distance) - distance).magnitude <= ReferenceDistance.tolerance(query, vector, metric),
        "label \(result.label)", sourceLocation: sourceLocation)
    }
  }
}
