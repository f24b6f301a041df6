// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// A value of type jsonb, or a member within one.
struct JSONSource: FilterSource {
  /// The value; NULL where it is missing.
  let value: SQLText
  /// The same as json, which keeps how a number is written; nil where jsonb is what is stored.
  let written: SQLText?
  /// A column whose index serves `@>`, and the keys to the value in it.
  let container: (column: SQLText, path: [String])?

  /// A member of a value that is jsonb already. Nil for keys that no stored object has.
  init?(_ root: SQLText, path: [String], written: SQLText? = nil, isIndexed: Bool = false) {
    guard !path.contains(where: { $0.utf8.contains(0) }) else { return nil }
    value = Self.member(of: root, path)
    self.written = written.map { Self.member(of: $0, path) }
    container = isIndexed && !path.isEmpty ? (root, path) : nil
  }

  /// An element of an array.
  private init(element: SQLText, written: SQLText?) { (value, self.written, container) = (element, written, nil) }

  /// With a key of type text, `->` does not look into arrays.
  private static func member(of root: SQLText, _ path: [String]) -> SQLText {
    path.isEmpty ? root : "(\(([root] + path.map { "\(bind: .text($0))" }).joined(by: " -> ")))"
  }

  func compare(_ comparison: Filter.Comparison, _ value: FilterValue) -> Condition {
    switch value {
    case .string where comparison == .equal: isAmong([value])
    case .string, .date: text.compare(comparison, value)
    case .bool(let bool):
      equals(
        [false, true].filter { comparison.isTrue(Ordering.of($0 ? 1 : 0, bool ? 1 : 0)) }.map { $0 ? "true" : "false" })
    case .integer, .double, .number:
      if let operand = NumberOperand(value) {
        comparison == .equal ? equals(NumberSet([operand])) : isNumber(number.compare(comparison, operand))
      } else {
        .never
      }
    }
  }

  func isAmong(_ values: [FilterValue]) -> Condition {
    let values = FilterValues(values)
    let numbers = NumberSet(values.numbers)
    let scalars =
      values.strings.map(Self.json) + values.bools.map { $0 ? "true" : "false" }.sorted()
      + numbers.decimals.map(\.literal)
    var conditions = [equals(scalars), equals(numbers, onlyWritten: true)]
    if !values.dates.isEmpty {
      conditions.append(text.isAmong(values.dates.map { .date(Timestamp(microseconds: $0)) }))
    }
    return .any(conditions)
  }

  func isNotAmong(_ list: [FilterValue]) -> Condition {
    let values = FilterValues(list)
    let hasText = values.hasStrings || !values.dates.isEmpty
    guard [hasText, !values.bools.isEmpty, !values.numbers.isEmpty].filter({ $0 }).count == 1, !values.hasNaN else {
      return .never
    }
    if hasText { return text.isNotAmong(list) }
    if !values.bools.isEmpty {
      return equals([false, true].filter { !values.bools.contains($0) }.map { $0 ? "true" : "false" })
    }
    let numbers = NumberSet(values.numbers)
    var conditions: [SQLText] = []
    if !numbers.decimals.isEmpty {
      let literals = numbers.decimals.map(\.literal).sorted()
      conditions.append(Membership.isNone(value, .jsonbs(literals), type: "jsonb[]", count: literals.count).sql)
    }
    if case .sql(let sql, _) = equals(numbers, onlyWritten: true) { conditions.append("(\(sql)) IS NOT TRUE") }
    return isNumber(conditions.isEmpty ? "TRUE" : conditions.joined(by: " AND "))
  }

  var exists: Condition { Condition("jsonb_typeof(\(value)) <> 'null'") }
  var isMissing: Condition { Condition("coalesce(jsonb_typeof(\(value)), 'null') = 'null'") }

  func like(_ pattern: LikePattern, ignoringCase: Bool, isNegated: Bool) -> Condition {
    text.like(pattern, ignoringCase: ignoringCase, isNegated: isNegated)
  }

  func contains(_ value: FilterValue, isNegated: Bool) -> Condition {
    let condition = hasElement(value)
    guard isNegated else { return condition }
    let isArray: SQLText = "jsonb_typeof(\(self.value)) = 'array'"
    guard case .sql(let sql, _) = condition else { return Condition(isArray) }
    return Condition("(\(isArray) AND (\(sql)) IS NOT TRUE)")
  }

  // MARK: Parts

  private func hasElement(_ value: FilterValue) -> Condition {
    switch value {
    case .string(let string) where string.utf8.contains(0): return .never
    case .string(let string): return hasElement([Self.json(string)])
    case .bool(let bool): return hasElement([bool ? "true" : "false"])
    case .date: return hasElement { $0.compare(.equal, value) }
    case .integer, .double, .number:
      guard let operand = NumberOperand(value) else { return .never }
      let numbers = NumberSet([operand])
      return numbers.isPlain ? hasElement(numbers.decimals.map(\.literal)) : hasElement { $0.equals(numbers) }
    }
  }

  /// One of the scalars is an element. `@>` looks at the elements themselves, not into arrays among them.
  private func hasElement(_ literals: [String]) -> Condition {
    .any(
      literals.map { literal in
        if let container {
          return Condition("\(container.column) @> \(bind: .jsonb(Self.nested("[\(literal)]", in: container.path)))")
        }
        return Condition("(jsonb_typeof(\(value)) = 'array' AND \(value) @> \(bind: .jsonb("[\(literal)]")))")
      })
  }

  private func hasElement(_ condition: (JSONSource) -> Condition) -> Condition {
    let element: SQLText = "\"vs elements\".\"vs element\""
    if let written {
      let condition = condition(JSONSource(element: "(\(element))::jsonb", written: element))
      return Condition(
        """
        EXISTS (SELECT FROM json_array_elements(CASE WHEN json_typeof(\(written)) = 'array' THEN \(written) END) \
        AS "vs elements"("vs element") WHERE \(condition.sql))
        """)
    }
    let condition = condition(JSONSource(element: element, written: nil))
    return Condition(
      """
      EXISTS (SELECT FROM jsonb_array_elements(CASE WHEN jsonb_typeof(\(value)) = 'array' THEN \(value) END) \
      AS "vs elements"("vs element") WHERE \(condition.sql))
      """)
  }

  /// The value is one of these scalars; jsonb's equality is by type, bytes and number.
  private func equals(_ literals: [String]) -> Condition {
    guard let first = literals.first else { return .never }
    if let container, literals.count <= Self.indexedList {
      return .any(
        literals.map {
          Condition("\(container.column) @> \(bind: .jsonb(Self.nested($0, in: container.path)))")
        })
    }
    if literals.count == 1 { return Condition("\(value) = \(bind: .jsonb(first))") }
    return Membership.isAny(value, .jsonbs(literals), type: "jsonb[]", count: literals.count)
  }

  /// Lists up to here are looked for in the index one by one; that is also cheap without one.
  private static let indexedList = 32

  private func equals(_ numbers: NumberSet, onlyWritten: Bool = false) -> Condition {
    var conditions = onlyWritten ? [] : [equals(numbers.decimals.map(\.literal))]
    let isDouble = number.isWrittenAsDouble
    for (decimals, truth) in [(numbers.asDoubles, "TRUE" as SQLText), (numbers.asIntegers, "FALSE")]
    where !decimals.isEmpty {
      let isOne = Membership.isAny(
        value, .jsonbs(decimals.map(\.literal)), type: "jsonb[]", count: decimals.count)
      conditions.append(Condition("CASE WHEN \(isOne.sql) THEN (\(isDouble)) = \(truth) END"))
    }
    return .any(conditions)
  }

  /// The string, NULL where the value is none.
  private var text: TextSource {
    TextSource("(CASE WHEN jsonb_typeof(\(value)) = 'string' THEN \(value) #>> '{}' END)")
  }

  /// Only to be evaluated where the value is a number: other values cannot be cast.
  private var number: NumberSource {
    NumberSource(
      number: "(\(value))::numeric",
      isWrittenAsDouble: written.map { "\($0) #>> '{}' ~ '[.eE]'" } ?? "scale((\(value))::numeric) > 0")
  }

  private func isNumber(_ condition: SQLText) -> Condition {
    Condition("CASE WHEN jsonb_typeof(\(value)) = 'number' THEN \(condition) END")
  }

  private static func json(_ string: String) -> String { JSONValue.string(string).description }

  private static func nested(_ literal: String, in path: [String]) -> String {
    path.map { "{\(json($0)):" }.joined() + literal + String(repeating: "}", count: path.count)
  }
}
