// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore
import VectorStoreTesting

extension SeededGenerator {
  mutating func string() -> String {
    let parts = [
      "", "a", "A", "é", "e\u{301}", "向量", "\u{1F468}\u{200D}\u{1F469}", "\0", "\"", "\\", "\n", "%", "_", ".", "$",
      "İ", "ß", "2024-02-29",
    ]
    return (0..<below(4)).map { _ in pick(parts) }.joined()
  }

  mutating func scalar() -> JSONValue {
    switch below(8) {
    case 0: .null
    case 1: .bool(oneIn(2))
    case 2: .integer(Int64(below(5)) - 2)
    case 3: .integer(Int64(bitPattern: next()))
    case 4: .double(pick([0.0, -0.0, 0.5, 1, 2, -2, 1e300, .leastNonzeroMagnitude, 0x1p53, 0x1p63]))
    case 5:
      JSONNumber.value(
        of: pick([
          "18446744073709551616", "1e400", "-1e400", "0.1000000000000000055511151231257827", "9007199254740993.0",
        ])) ?? .null
    default: .string(pick([string(), "a", "2024-02-29T12:00:00Z", "2024-02-29"]))
    }
  }

  mutating func json(depth: Int = 3) -> JSONValue {
    guard depth > 0, oneIn(2) else { return scalar() }
    if oneIn(2) { return .array((0..<below(4)).map { _ in json(depth: depth - 1) }) }
    return .object(object(depth: depth))
  }

  mutating func object(depth: Int) -> JSONObject {
    JSONObject((0..<below(12)).map { _ in (key: string(), value: json(depth: depth - 1)) })
  }
}
