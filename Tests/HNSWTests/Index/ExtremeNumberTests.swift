// SPDX-License-Identifier: Apache-2.0

import HNSW
import Testing

/// Numbers at the ends of Float32's range are input like any other: they may lose precision, never the process.
@Suite("Extreme numbers")
struct ExtremeNumberTests {
  private static let magnitudes: [Float] = [
    .leastNonzeroMagnitude, .leastNormalMagnitude / 1_000, .leastNormalMagnitude, 1e-36, 1e-34, 1e-30, 1e-20, 1e-10, 1,
    1e10, 1e18, 1e20,
    1e37, .greatestFiniteMagnitude,
  ]

  @Test(arguments: IndexKind.floats) func queriesAndVectorsOfAnyMagnitude(kind: IndexKind) throws {
    for stored in Self.magnitudes {
      let index = try HNSWIndex(kind.configuration(dimension: 5))
      try index.add(labels: [1, 2, 3], vectors: [stored, 0, 0, 0, 0, 0, stored, -stored, 0, 0, 1, 1, 1, 1, 1])
      try index.add(label: 4, vector: [0, 0, 0, 0, -stored])
      for query in Self.magnitudes {
        for exact in [false, true] {
          let options = SearchOptions(exact: exact)
          guard let found = try? index.search([query, query / 2, 0, 0, 0], k: 4, options: options) else { continue }
          #expect(found.allSatisfy { !$0.distance.isNaN })
          #expect(found.count <= 4)
        }
      }
    }
  }

  @Test(arguments: IndexKind.floats) func anIndexOfExtremeNumbersCanBeSavedAndOpened(kind: IndexKind) throws {
    let directory = try TemporaryDirectory()
    let index = try HNSWIndex(kind.configuration(dimension: 3))
    for (label, magnitude) in Self.magnitudes.enumerated() {
      try index.add(label: UInt64(label), vector: [magnitude, -magnitude, 0])
    }
    try index.save(to: directory.file("index"))
    let opened = try HNSWIndex.open(path: directory.file("index"))
    try opened.verify()
    let options = SearchOptions(exact: true)
    #expect(
      try opened.search([1, 2, 3], k: 20, options: options) == index.search([1, 2, 3], k: 20, options: options))
    try opened.compact()
    #expect(opened.count == Self.magnitudes.count)
  }

  @Test(arguments: IndexKind.floats) func tinyVectorsAreToldApart(kind: IndexKind) throws {
    // Down to where squares leave Float32's range, which pgvector loses too.
    let scale: Float = 1e-15
    let set = VectorSet.normal(30, dimension: 4, seed: 5)
    var model = ReferenceIndex(kind.metric)
    let index = try HNSWIndex(kind.configuration(dimension: 4))
    for row in 0..<set.count {
      let vector = set[row].map { $0 * scale }
      try index.add(label: UInt64(row), vector: vector)
      model.upsert(UInt64(row), .floats(vector))
    }
    let query = TestVector.floats(set[3].map { $0 * scale * 1.5 })
    model.expect(try index.view().search(query, k: 5), areNearest: 5, to: query)
  }
}
