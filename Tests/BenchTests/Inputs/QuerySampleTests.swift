// SPDX-License-Identifier: Apache-2.0

import Testing
import VectorStoreBench

@Suite struct QuerySampleTests {
  @Test func aSeedGivesOneSample() throws {
    let sample = try QuerySample(50, of: 1_000, seed: 7).rows
    #expect(sample == (try QuerySample(50, of: 1_000, seed: 7).rows))
    #expect(sample != (try QuerySample(50, of: 1_000, seed: 8).rows))
    #expect(Set(sample).count == 50)
    #expect(sample == sample.sorted())
    #expect(sample.allSatisfy { 0..<1_000 ~= $0 })
  }

  /// Each of the rows is as often in a sample as another.
  @Test func everyRowIsAsLikely() throws {
    var counts = [Int](repeating: 0, count: 10)
    for seed in 0..<4_000 { for row in try QuerySample(3, of: 10, seed: UInt64(seed)).rows { counts[row] += 1 } }
    // 1,200 expected, standard deviation 29.
    #expect(counts.allSatisfy { 1_050...1_350 ~= $0 }, "\(counts)")
  }

  @Test func sampledRowsAreLeftOutOfTheOthers() throws {
    let matrix = Matrix<Float>(dimension: 1, values: (0..<20).map(Float.init))
    let sample = try QuerySample(5, of: 20, seed: 1)
    let (queries, rest) = sample.split(matrix)
    #expect(queries.values == sample.rows.map(Float.init))
    #expect(rest.count == 15)
    #expect(Set(rest.values).isDisjoint(with: queries.values))
  }

  @Test func atLeastARowMustBeLeft() {
    #expect(throws: BenchError.self) { try QuerySample(3, of: 3, seed: 0) }
  }
}
