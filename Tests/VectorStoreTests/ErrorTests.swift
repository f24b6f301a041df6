// SPDX-License-Identifier: Apache-2.0

import Testing
import VectorStoreCore

@Suite struct ErrorTests {
  @Test func describesItselfWithContextInOrder() {
    let error = VectorStoreError(.invalidRow, "no content", context: [.row: "3", .batch: "1"]).adding([
      .row: "9", .table: "t",
    ])
    #expect(error.description == "invalidRow: no content (batch: 1, row: 3, table: t)")
    #expect(VectorStoreError(.io, "x").description == "io: x")
  }
}
