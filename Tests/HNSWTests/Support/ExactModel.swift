// SPDX-License-Identifier: Apache-2.0

import HNSW

/// What an exact index is meant to be, for one kind of vectors: a dictionary whose entries are all compared and sorted.
struct ExactModel<Vector: IndexableVector> {
  /// The metric's value for a pair.
  let distance: @Sendable (Vector, Vector) throws -> Float
  private(set) var vectors: [UInt64: Vector] = [:]

  init(_ distance: @escaping @Sendable (Vector, Vector) throws -> Float) { self.distance = distance }

  var labels: [UInt64] { vectors.keys.sorted() }

  subscript(label: UInt64) -> Vector? {
    get { vectors[label] }
    set { vectors[label] = newValue }
  }

  /// The one list that a search may return.
  func search(_ query: Vector, k: Int, allow: Set<UInt64>? = nil, distanceLimit: Float? = nil) throws -> [Neighbor] {
    var all: [Neighbor] = []
    for (label, vector) in vectors where allow?.contains(label) ?? true {
      let value = try distance(query, vector)
      if !value.isNaN, value <= distanceLimit ?? .infinity { all.append(Neighbor(label: label, distance: value)) }
    }
    all.sort { $0.distance == $1.distance ? $0.label < $1.label : $0.distance < $1.distance }
    return Array(all.prefix(k))
  }
}
