// SPDX-License-Identifier: Apache-2.0

import Testing
import VectorStoreBench

@Suite struct PercentileTests {
  @Test func isLinearBetweenPoints() {
    #expect(Percentile.values([0, 0.5, 0.75, 1], of: [40, 10, 30, 20] as [UInt64]) == [10, 25, 32.5, 40])
    #expect(Percentile.values([0.5, 0.99], of: [7] as [UInt64]) == [7, 7])
    #expect(Percentile.values([0.5], of: [] as [UInt64]) == [0])
  }
}
