// SPDX-License-Identifier: Apache-2.0

import HNSW
import Testing

@Suite("Random sequences of changes against a dictionary")
struct ModelTests {
  @Test(arguments: IndexKind.all, [1, 2] as [UInt64]) func everyOperationAgrees(kind: IndexKind, seed: UInt64) throws {
    var run = try ModelRun(kind, seed: seed)
    for _ in 0..<220 { try run.step() }
    try run.finish()
    // The run is worth something only if it has done everything.
    #expect(run.done == Set(ModelRun.Step.allCases))
    #expect(run.walks > 5, "searches that walked the graph")
  }
}
