// SPDX-License-Identifier: Apache-2.0

public import VectorStoreCore

// Documents and filters that collide often, with the values that stores get wrong: missing and null members, numbers of
// other types and beyond 2⁵³, strings that are equal to Swift only, keys that need escapes.
extension SeededGenerator {
  private var names: [String] { ["a", "b", "c.d", "$e", ""] }

  private mutating func awkwardString() -> String {
    let parts = [
      "", "a", "A", "é", "e\u{301}", "向量", "\u{1F468}\u{200D}\u{1F469}", "\"", "'", "\\", "\n", "%", "_", ".", "$", "İ",
      "ß", "2024-02-29",
    ]
    return (0..<below(4)).map { _ in pick(parts) }.joined()
  }

  /// A value for a filter.
  public mutating func filterScalar() -> FilterValue {
    switch below(6) {
    case 0: .bool(oneIn(2))
    case 1: .integer(Int64(below(5)) - 2)
    case 2: .double(pick([-2, -0.5, 0, 0.5, 1, 2]))
    case 3: .string(awkwardString())
    case 4: .date(Timestamp(microseconds: pick([1_709_164_800_000_000, 1_709_208_000_000_000])))
    default: pick([.integer(9_007_199_254_740_993), .double(0x1p53), .integer(9_007_199_254_740_991)])
    }
  }

  private mutating func storedScalar() -> JSONValue {
    switch filterScalar() {
    case .date(let date): oneIn(2) ? .string(date.description) : .null
    case let value: value.json
    }
  }

  /// A document's metadata, without NUL bytes.
  public mutating func metadata() -> JSONObject {
    var object = JSONObject()
    for name in names where !oneIn(4) {
      object[name] =
        switch below(5) {
        case 0: .array((0..<below(3)).map { _ in storedScalar() })
        case 1: .object(["a": storedScalar(), "": storedScalar()])
        default: storedScalar()
        }
    }
    return object
  }

  private mutating func field() -> Field {
    switch below(10) {
    case 0: .id
    case 1: .content
    case 2: Field(path: [pick(names), pick(["a", ""])])
    default: Field(path: [pick(names)])
    }
  }

  /// A filter on ``metadata()``, without empty lists of filters, which LangChain's JSON has no form for.
  ///
  /// - Parameter depth: how deep `and`, `or` and `not` may lie in each other.
  public mutating func filter(depth: Int) -> Filter {
    if depth > 0, oneIn(2) {
      let filters = (0...below(3)).map { _ in filter(depth: depth - 1) }
      return switch below(3) {
      case 0: .and(filters)
      case 1: .or(filters)
      default: .not(filters[0])
      }
    }
    switch below(8) {
    case 0: return .in(field(), (0..<below(3)).map { _ in filterScalar() })
    case 1: return .notIn(field(), (0..<below(3)).map { _ in filterScalar() })
    case 2: return .between(field(), filterScalar(), filterScalar())
    case 3: return .exists(field(), oneIn(2))
    case 4: return .like(field(), LikePattern("%" + awkwardString() + (oneIn(2) ? "%" : "")))
    case 5: return .ilike(field(), LikePattern(awkwardString() + "%"))
    case 6: return .contains(field(), filterScalar())
    default: return .compare(field(), pick(Filter.Comparison.allCases), filterScalar())
    }
  }
}
