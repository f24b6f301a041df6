// SPDX-License-Identifier: Apache-2.0

import PostgresBackend
import Testing
import VectorStoreCore

/// SQL is put together without any string from outside becoming text of a statement.
@Suite struct SQLTextTests {
  @Test func namesAreQuoted() throws {
    #expect(try SQLIdentifier("Mixed \"case\"; --").description == "\"Mixed \"\"case\"\"; --\"")
    for wrong in ["", "a\0b", String(repeating: "é", count: 32)] {
      #expect(throws: VectorStoreError.self) { try SQLIdentifier(wrong) }
    }
    #expect(try SQLIdentifier(String(repeating: "a", count: 63)).name.count == 63)
  }

  @Test func valuesAreNumberedAndShared() throws {
    let value = PGParameter(type: 25, bytes: [97])
    let column = try SQLIdentifier("a")
    let condition: SQLText = "\(column) = \(bind: value)"
    let statement = ([condition, "b = \(bind: PGParameter(type: 20, bytes: nil))", condition]).joined(by: " AND ")
      .statement()
    #expect(statement.text == "\"a\" = $1 AND b = $2 AND \"a\" = $1")
    #expect(statement.parameters == [value, PGParameter(type: 20, bytes: nil)])
  }
}
