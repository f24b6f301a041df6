// SPDX-License-Identifier: Apache-2.0

import HNSW

/// A vector of either kind, so that one test runs over every metric.
enum TestVector: Sendable, Equatable {
  case floats([Float])
  case bits(BitVector)

  var floats: [Float] {
    guard case .floats(let values) = self else { return [] }
    return values
  }

  var bits: BitVector {
    guard case .bits(let value) = self else { return BitVector([]) }
    return value
  }

  /// A vector for an index of this kind: normal numbers, or each bit as likely as not.
  static func random(_ kind: IndexKind, dimension: Int, using generator: inout SeededGenerator) -> TestVector {
    if kind.metric.isBinary { return .bits(BitVector((0..<dimension).map { _ in generator.oneIn(2) })) }
    return .floats((0..<dimension).map { _ in Float(generator.normal()) })
  }
}

extension HNSWIndex {
  func upsert(labels: [UInt64], vectors: [TestVector], threads: Int = 1, changeNumber: UInt64? = nil) throws {
    if configuration.metric.isBinary {
      try upsert(labels: labels, bits: vectors.map(\.bits), threads: threads, changeNumber: changeNumber)
    } else {
      try upsert(labels: labels, vectors: vectors.flatMap(\.floats), threads: threads, changeNumber: changeNumber)
    }
  }

  /// The vector of a label, of the kind that the index holds.
  func stored(_ label: UInt64) throws -> TestVector? {
    configuration.metric.isBinary
      ? try bits(label: label).map { .bits($0) } : try vector(label: label).map { .floats($0) }
  }
}

extension IndexView {
  func search(_ query: TestVector, k: Int, options: SearchOptions = SearchOptions()) throws -> [Neighbor] {
    switch query {
    case .floats(let values): try search(values, k: k, options: options)
    case .bits(let bits): try search(bits, k: k, options: options)
    }
  }
}
