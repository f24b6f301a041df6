// SPDX-License-Identifier: Apache-2.0

import HNSW
import Testing
import VectorStoreBench

@Suite struct ReferenceDistanceTests {
  @Test func followsTheOperatorsOfPgvector() {
    let a: ArraySlice<Float> = [1, 2, 3]
    let b: ArraySlice<Float> = [4, 5, 7]
    #expect(ReferenceDistance.distance(a, b, metric: .l2) == 34.0.squareRoot())
    #expect(ReferenceDistance.distance(a, b, metric: .l1) == 10)
    #expect(ReferenceDistance.distance(a, b, metric: .innerProduct) == -35)
    #expect(abs(ReferenceDistance.distance(a, b, metric: .cosine) - (1 - 35 / 1260.0.squareRoot())) < 1e-15)
    #expect(ReferenceDistance.distance(a, [0, 0, 0], metric: .cosine).isNaN)
  }
}
