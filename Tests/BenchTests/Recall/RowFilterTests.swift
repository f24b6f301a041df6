// SPDX-License-Identifier: Apache-2.0

import Testing
import VectorStoreBench

@Suite struct RowFilterTests {
  /// The values of the reference implementation, seeded with 1234567.
  @Test func splitMixIsTheReferences() {
    var random = SplitMix64(seed: 1_234_567)
    let expected: [UInt64] = [
      6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423, 4_593_380_528_125_082_431,
      16_408_922_859_458_223_821,
    ]
    for (index, value) in expected.enumerated() {
      #expect(random.next() == value)
      #expect(SplitMix64.output(seed: 1_234_567, index: UInt64(index)) == value)
    }
  }

  /// What `Benchmarks/README.md` states for the seed 42.
  @Test(arguments: zip([0.5, 0.1, 0.01, 0.001], [14_916, 2959, 291, 24]))
  func randomRowsAreThoseOfTheOtherEngines(selectivity: Double, allowed: Int) {
    #expect(RowFilter.random(selectivity: selectivity, count: 30_000, seed: 42).allowed.count == allowed)
  }

  @Test func randomRowsAreAllOrNoneAtTheEnds() {
    #expect(RowFilter.random(selectivity: 1, count: 10, seed: 42).allowed == Array(0..<10))
    #expect(RowFilter.random(selectivity: 1e-12, count: 10, seed: 42).allowed == [])
  }

  @Test func labelsAreJoined() {
    let filter = RowFilter.labels([1, 2, 3, 2], values: [1, 2])
    #expect(filter.name == "category=1+2")
    #expect(filter.allowed == [0, 1, 3])
    #expect(filter.mask == [true, true, false, true])
    #expect(filter.selectivity == 0.75)
  }
}
