// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore
import VectorStoreTesting

/// Documents and filters that collide often in the values that SQL gets wrong.
struct AwkwardFilters {
  var random: SeededGenerator
  /// Whether documents hold what json keeps and jsonb does not. Then filters have no NUL and no U+0001, which stands for it.
  var isRaw = false

  /// The members of documents and the fields of filters.
  var names = Self.awkwardNames

  static let awkwardNames = ["a", "b", "c.d", "$e", "", "'\"\\"]

  static let numbers = [
    "0", "-0", "-0.0", "1", "1.0", "1e0", "10E-1", "-1", "0.1", "0.10", "1e-1", "0.3", "0.30000000000000004", "0.1e0",
    "0.1000000000000000055511151231257827021181583404541015625", "0.10000000000000000001", "0.09999999999999999",
    "9007199254740991", "9007199254740992", "9007199254740993", "9007199254740992.0", "9007199254740993.0",
    "9007199254740994", "9.007199254740993e15", "1152921504606846976", "1152921504606846976.0",
    "1152921504606847000", "1152921504606847000.0", "1.152921504606847e18", "1152921504606846975",
    "1152921504606847000.5",
    "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809",
    "9223372036854775808.0", "18446744073709551615", "18446744073709551616", "1e23", "99999999999999991611392",
    "100000000000000000000000", "100000000000000000000000.0", "9.999999999999999e22", "1e300", "1e308",
    "1.7976931348623157e308", "1.7976931348623158e308", "1e309", "-1e400", "1e400", "5e-324", "4e-324", "1e-400",
    "2.5", "-2.5", "1.50", "123456789.987654321", "0.30000000000000001", "2020", "2020.0", "2020.5",
  ]

  static let dates = [
    "2024-02-29", "2024-02-29T12:00:00Z", "2024-02-29 12:00", "2024-02-29t12:00:00,5z", "2024-02-29T13:00:00+01",
    "2024-02-29T17:30:00.000+0530", "2024-02-29T12:00:00.123456789-00:00", "2024-02-29T12:00:60Z", "2023-02-29",
    "2024-02-30", "2024-13-01", "0000-01-01", "0001-01-01", "9999-12-31T23:59:60.999999+15:59", "1900-02-29",
    "2000-02-29", "2024-04-31", "2024-02-29T24:00:00Z", "2024-02-29T12:60:00Z", "2024-02-29T12:00:61Z",
    "2024-02-29T12", "2024-02-29T12:00:00.", "2024-02-29T12:00:00.Z", "2024-02-29T12:00:00+16:00",
    "2024-02-29T12:00:00+1", "2024-02-29T12:00:00+01:", "2024-02-29T12:00:00+01:60", "2024-02-29Z", " 2024-02-29",
    "2024-02-29 ", "2024-02-29\n", "2024-02-29T12:00:00Z\n", "20240229", "2024-2-29", "2024-02-29  12:00",
    "2024-02-29T12:00:00 Z", "２０２４-02-29", "infinity", "now", "+2024-02-29", "2024-02-29T12:00+01:00",
    "2024-02-29T12:00.5", "2024-02-29T12:00:00.1234567890123456789012345678901234567890Z", "2024-00-10",
    "2024-01-00", "2024-01-32", "1970-01-01T00:00:00+15:59", "2024-02-29T12:00:00-15:59", "2024-02-29T12:00:00z1",
  ]

  static let strings = [
    "", "a", "A", "b", "é", "e\u{301}", "É", "向量", "i", "I", "İ", "ı", "k", "K", "\u{212A}", "ß", "ẞ", "SS", "σ", "ς",
    "Σ", "ǅ", "ǆ", "Ǆ", "Ⅷ", "𐐀", "𐐨", "\u{1F468}\u{200D}\u{1F469}", "\"", "'", "\\", "\\\\", "\n", "\r\n", "%", "_",
    ".",
    "*", "(", "[", "^", "$", "{", "|", "\u{1}", "\u{7F}", "\u{FFFF}", "\u{FEFF}", "\u{10FFFF}", "'; DROP TABLE t; --",
    "$1", "E'\\x'", "true", "1", "null", "abcabd", "a%c", "A_C",
  ]

  mutating func string() -> String {
    switch random.below(3) {
    case 0: random.pick(Self.strings)
    case 1: random.pick(Self.dates)
    default: (0..<random.below(4)).map { _ in random.pick(Self.strings) }.joined()
    }
  }

  // MARK: Documents

  /// A JSON text.
  mutating func scalarText() -> String {
    switch random.below(8) {
    case 0: return random.pick(["true", "false", "null"])
    case 1, 2: return random.pick(Self.numbers)
    case 3: return number().description
    case 4 where isRaw:
      return random.pick([
        #""a\u0000b""#, #""\\u0000""#, #""\\\u0000\u0000""#, #""\ud83d\ude00""#, "1e400000", "-1e999999999999",
        "1e-20000",
        #""\u0061""#, #""\ufffF""#,
      ])
    default: return JSONValue.string(string()).description
    }
  }

  private mutating func number() -> JSONValue {
    switch random.below(3) {
    case 0: .double(Double(bitPattern: random.next())).finite ?? .integer(Int64(bitPattern: random.next()))
    case 1: .double((random.uniform() * 100).rounded() / 10)
    default: .integer(Int64(bitPattern: random.next()) >> Int64(random.below(64)))
    }
  }

  mutating func valueText(depth: Int = 2) -> String {
    switch depth > 0 ? random.below(6) : 5 {
    case 0: return "[" + (0..<random.below(4)).map { _ in valueText(depth: depth - 1) }.joined(separator: ",") + "]"
    case 1: return objectText(depth: depth - 1)
    default: return scalarText()
    }
  }

  mutating func objectText(depth: Int = 2) -> String {
    var members = names.filter { _ in !random.oneIn(4) }
      .map { "\(JSONValue.string($0).description): \(valueText(depth: depth))" }
    if random.oneIn(20), let member = members.first { members.append(member) }
    return "{" + members.joined(separator: ", ") + "}"
  }

  // MARK: Filters

  mutating func filterValue() -> FilterValue {
    switch random.below(9) {
    case 0: return .bool(random.oneIn(2))
    case 1, 2: return Self.filterNumber(JSONNumber.value(of: random.pick(Self.numbers)) ?? .null)
    case 3:
      return random.oneIn(20)
        ? random.pick([.double(.nan), .double(.infinity), .double(-.infinity)]) : Self.filterNumber(number())
    case 4, 5:
      let date = Timestamp(iso8601: random.pick(Self.dates))
      return .date(date ?? Timestamp(microseconds: random.pick([.min, .max, 0, -62_135_596_800_000_001])))
    case 6 where random.oneIn(4) && !isRaw: return .string(random.pick(["a\0", "\0", "a\0b", "\0a"]))
    default:
      let text = string()
      return .string(isRaw && text.utf8.contains(1) ? "a" : text)
    }
  }

  static func filterNumber(_ value: JSONValue) -> FilterValue {
    switch value {
    case .integer(let value): .integer(value)
    case .double(let value): .double(value)
    case .number(let value): .number(value)
    default: .integer(0)
    }
  }

  mutating func field() -> Field {
    switch random.below(12) {
    case 0: .id
    case 1: .content
    case 2: Field(path: [random.pick(names), random.pick(names)])
    case 3 where random.oneIn(10): Field(path: ["a\0"])
    default: Field(path: [random.pick(names)])
    }
  }

  mutating func pattern() -> LikePattern {
    var text = (0..<random.below(4)).map { _ in random.pick(Self.strings + ["%", "_", "\\%", "\\"]) }.joined()
    if random.oneIn(2) { text = "%" + text }
    if random.oneIn(2) { text += "%" }
    if random.oneIn(40) { text += "\0" }
    return LikePattern(text)
  }

  mutating func values() -> [FilterValue] {
    let values = (0..<random.below(4)).map { _ in filterValue() }
    // Lists of one type, too.
    guard let first = values.first, random.oneIn(2) else { return values }
    return [first] + (0..<40).map { _ in filterValue() }.filter { Self.kind($0) == Self.kind(first) }
  }

  private static func kind(_ value: FilterValue) -> Int {
    switch value {
    case .bool: 0
    case .integer, .double, .number: 1
    case .string: 2
    case .date: 3
    }
  }

  mutating func leaf(_ field: Field) -> Filter {
    switch random.below(10) {
    case 0: .in(field, values())
    case 1: .notIn(field, values())
    case 2: .between(field, filterValue(), filterValue())
    case 3: .exists(field, random.oneIn(2))
    case 4: .like(field, pattern())
    case 5: .ilike(field, pattern())
    case 6, 7: .contains(field, filterValue())
    default: .compare(field, random.pick(Filter.Comparison.allCases), filterValue())
    }
  }

  mutating func filter(depth: Int) -> Filter {
    if depth > 0, random.oneIn(3) {
      let filters = (0..<random.below(4)).map { _ in filter(depth: depth - 1) }
      switch random.below(3) {
      case 0: return .and(filters)
      case 1: return .or(filters)
      default: return .not(filters.first ?? .all)
      }
    }
    let leaf = leaf(field())
    return random.oneIn(3) ? .not(leaf) : leaf
  }
}

extension JSONValue {
  /// Nil for a number that JSON has not.
  fileprivate var finite: JSONValue? {
    if case .double(let value) = self, !value.isFinite { nil } else { self }
  }
}
