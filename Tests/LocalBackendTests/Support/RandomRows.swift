// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore
import VectorStoreTesting

/// Metadata that filters stumble over: missing, null, of mixed types, nested, of odd names.
extension SeededGenerator {
  mutating func pick<T>(_ values: [T]) -> T { values[below(values.count)] }

  static let fields = ["year", "lang", "a.b", "tags", "größe", "x\\.y", "\\$price", "", "deep.er.path", "date"]

  mutating func scalar() -> JSONValue {
    switch below(9) {
    case 0: .null
    case 1: .bool(oneIn(2))
    case 2: .integer(Int64(below(4)))
    case 3: .integer(9_007_199_254_740_993)
    case 4: .double(pick([0.0, 1, 2.5, 9_007_199_254_740_992]))
    case 5: JSONNumber.value(of: "18446744073709551616") ?? .null
    case 6: .string(pick(["2024-02-29", "2024-02-29T12:00:00Z", "2023-01-01T00:00:00+02:00"]))
    default: .string(pick(["a", "A", "é", "e\u{301}", "ab", "", "向量", "10%", "a_b", "İ"]))
    }
  }

  mutating func metadata() -> JSONObject {
    var object = JSONObject()
    if !oneIn(4) { object["year"] = scalar() }
    if !oneIn(3) { object["lang"] = .string(pick(["en", "de", "zh"])) }
    if !oneIn(3) { object["a"] = oneIn(3) ? scalar() : .object(["b": scalar(), "c": 1]) }
    if !oneIn(3) { object["tags"] = oneIn(4) ? scalar() : .array((0..<below(4)).map { _ in scalar() }) }
    if oneIn(2) { object["größe"] = scalar() }
    if oneIn(2) { object["x.y"] = scalar() }
    if oneIn(3) { object["$price"] = scalar() }
    if oneIn(4) { object[""] = scalar() }
    if oneIn(3) { object["deep"] = .object(["er": .object(["path": scalar(), "with \"quote\"": 1])]) }
    if oneIn(3) { object["date"] = scalar() }
    if oneIn(8) { object["with \"quote\" and \\"] = scalar() }
    return object
  }

  mutating func filterValue() -> FilterValue {
    switch below(6) {
    case 0: .bool(oneIn(2))
    case 1: .integer(Int64(below(4)))
    case 2: .integer(9_007_199_254_740_993)
    case 3: .double(pick([0.5, 1, 9_007_199_254_740_992]))
    case 4: Timestamp(iso8601: "2024-02-29").map { .date($0) } ?? .bool(true)
    default: .string(pick(["a", "A", "é", "e\u{301}", "en", "zh", "", "İ"]))
    }
  }

  mutating func filter(depth: Int = 2, fields: [String] = Self.fields) -> Filter {
    if depth > 0, oneIn(2) {
      let parts = (0..<below(4)).map { _ in filter(depth: depth - 1, fields: fields) }
      switch below(3) {
      case 0: return .and(parts)
      case 1: return .or(parts)
      default: return .not(filter(depth: depth - 1, fields: fields))
      }
    }
    let field = Field(pick(fields))
    switch below(8) {
    case 0: return .in(field, (0..<below(3)).map { _ in filterValue() })
    case 1: return .notIn(field, (0..<below(3)).map { _ in filterValue() })
    case 2: return .between(field, filterValue(), filterValue())
    case 3: return .exists(field, oneIn(2))
    case 4: return field.like(pick(["a%", "%", "_", "10\\%", "E%"]))
    case 5: return field.ilike(pick(["a%", "É", "i%", "%B"]))
    case 6: return .contains(field, filterValue())
    default: return .compare(field, pick(Filter.Comparison.allCases), filterValue())
    }
  }

  mutating func vector(_ dimension: Int) -> [Float] { (0..<dimension).map { _ in Float(normal()) } }
}
