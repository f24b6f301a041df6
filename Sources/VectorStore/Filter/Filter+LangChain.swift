// SPDX-License-Identifier: Apache-2.0

extension Filter {
  /// The filter of a JSON text in LangChain's form. A key that an object has twice is an error. See ``init(json:)``.
  ///
  /// - Throws: ``VectorStoreError/Code/invalidJSON`` or ``VectorStoreError/Code/invalidFilter``.
  public init(parsing text: String) throws {
    try self.init(json: JSONValue(parsing: text, options: .init(duplicateKeys: .reject)))
  }

  /// The filter that LangChain's `PGVectorStore` means by this JSON.
  ///
  /// An object's members all have to hold. A member is `$and` or `$or` with a list of filters, at least one; `$not`
  /// with a filter, or with a list of which none
  /// may hold; or a field (``Field``) with a value, which it has to equal, or with an object of operators, which all
  /// have to hold:
  ///
  /// | operator | operand |
  /// |---|---|
  /// | `$eq` `$ne` `$lt` `$lte` `$gt` `$gte` | a string, number, boolean or `{"$date": "2024-02-29T12:00:00Z"}` |
  /// | `$in` `$nin` | a list of these, which may be empty |
  /// | `$between` | a list of two |
  /// | `$exists` | a boolean |
  /// | `$like` `$ilike` | a pattern (``LikePattern``) |
  /// | `$contains` | a value that an array has |
  /// | `$not` | an object of operators |
  ///
  /// `{}` is every document. What LangChain refuses but has one meaning only is accepted: several operators for a
  /// field, `$or` beside fields.
  ///
  /// - Throws: ``VectorStoreError/Code/invalidFilter`` with the place of the error in message and context, such as
  ///   `$and[1].year.$gte`.
  public init(json: JSONValue) throws {
    self = try LangChainFilterDecoder.filter(json, JSONPath(), depth: 0)
  }

  /// The filter in LangChain's JSON; ``init(json:)`` reads an equal filter from it, except that ``none`` comes back as
  /// `!all`, which means the same.
  ///
  /// - Throws: ``VectorStoreError/Code/encodingFailed`` for a value that JSON has no number for (a NaN, an infinity).
  public func langChainJSON() throws -> JSONValue {
    let json = encoded
    _ = try json.serialized()
    return json
  }

  private var encoded: JSONValue {
    switch self {
    case .and(let filters): filters.isEmpty ? [:] : ["$and": .array(filters.map(\.encoded))]
    case .or(let filters): filters.isEmpty ? ["$not": [:]] : ["$or": .array(filters.map(\.encoded))]
    case .not(let filter): ["$not": filter.encoded]
    case .compare(let field, let comparison, let value): Self.condition(field, comparison.rawValue, value.json)
    case .in(let field, let values): Self.condition(field, "$in", .array(values.map(\.json)))
    case .notIn(let field, let values): Self.condition(field, "$nin", .array(values.map(\.json)))
    case .between(let field, let lower, let upper): Self.condition(field, "$between", [lower.json, upper.json])
    case .exists(let field, let expected): Self.condition(field, "$exists", .bool(expected))
    case .like(let field, let pattern): Self.condition(field, "$like", .string(pattern.description))
    case .ilike(let field, let pattern): Self.condition(field, "$ilike", .string(pattern.description))
    case .contains(let field, let value): Self.condition(field, "$contains", value.json)
    }
  }

  private static func condition(_ field: Field, _ operation: String, _ operand: JSONValue) -> JSONValue {
    .object(JSONObject([(key: field.description, value: .object(JSONObject([(key: operation, value: operand)])))]))
  }
}

/// Decodes LangChain's form.
private enum LangChainFilterDecoder {
  private static let operators =
    "$eq, $ne, $lt, $lte, $gt, $gte, $in, $nin, $between, $exists, $like, $ilike, $contains and $not"

  static func filter(_ json: JSONValue, _ path: JSONPath, depth: Int) throws -> Filter {
    try FilterDecoder.check(depth: depth, path)
    guard case .object(let object) = json else {
      throw FilterDecoder.fault(path, "a filter is an object, but there is \(json.kindDescription)")
    }
    return joined(try object.map { try member($0, $1, path.key($0), depth: depth) })
  }

  /// One condition is itself, several are an `and`.
  private static func joined(_ filters: [Filter]) -> Filter {
    if filters.count == 1, let filter = filters.first { return filter }
    return .and(filters)
  }

  private static func member(_ key: String, _ value: JSONValue, _ path: JSONPath, depth: Int) throws -> Filter {
    switch key {
    case "$and": return .and(try list(value, path, depth: depth))
    case "$or": return .or(try list(value, path, depth: depth))
    case "$not":
      guard case .array = value else { return .not(try filter(value, path, depth: depth + 1)) }
      let filters = try list(value, path, depth: depth + 1)
      return joined(filters.map { .not($0) })
    default:
      let field = try FilterDecoder.field(key, path)
      guard case .object(let conditions) = value, conditions.keys != ["$date"] else {
        return .compare(field, .equal, try FilterDecoder.value(value, path))
      }
      return try self.conditions(field, conditions, path, depth: depth + 1)
    }
  }

  private static func list(_ json: JSONValue, _ path: JSONPath, depth: Int) throws -> [Filter] {
    guard case .array(let elements) = json else {
      throw FilterDecoder.fault(path, "a list of filters was expected, but there is \(json.kindDescription)")
    }
    guard !elements.isEmpty else { throw FilterDecoder.fault(path, "the list must have a filter at least") }
    return try elements.enumerated().map { try filter($1, path.index($0), depth: depth + 1) }
  }

  private static func conditions(_ field: Field, _ object: JSONObject, _ path: JSONPath, depth: Int) throws -> Filter {
    try FilterDecoder.check(depth: depth, path)
    guard !object.isEmpty else { throw FilterDecoder.fault(path, "an operator was expected, but the object is empty") }
    return joined(try object.map { try condition(field, $0, $1, path.key($0), depth: depth) })
  }

  private static func condition(
    _ field: Field, _ operation: String, _ operand: JSONValue, _ path: JSONPath, depth: Int
  ) throws -> Filter {
    if let comparison = Filter.Comparison(rawValue: operation) {
      return .compare(field, comparison, try FilterDecoder.value(operand, path))
    }
    switch operation {
    case "$in": return .in(field, try FilterDecoder.values(operand, path))
    case "$nin": return .notIn(field, try FilterDecoder.values(operand, path))
    case "$between":
      let bounds = try FilterDecoder.values(operand, path)
      guard bounds.count == 2 else {
        throw FilterDecoder.fault(path, "two values were expected, but there are \(bounds.count)")
      }
      return .between(field, bounds[0], bounds[1])
    case "$exists":
      guard case .bool(let expected) = operand else {
        throw FilterDecoder.fault(path, "true or false was expected, but there is \(operand.kindDescription)")
      }
      return .exists(field, expected)
    case "$like": return .like(field, try pattern(operand, path))
    case "$ilike": return .ilike(field, try pattern(operand, path))
    case "$contains": return .contains(field, try FilterDecoder.value(operand, path))
    case "$not":
      guard case .object(let object) = operand else {
        throw FilterDecoder.fault(path, "an object of operators was expected, but there is \(operand.kindDescription)")
      }
      return .not(try conditions(field, object, path, depth: depth + 1))
    default: throw FilterDecoder.fault(path, unknown(operation, of: field))
    }
  }

  private static func unknown(_ operation: String, of field: Field) -> String {
    guard operation.utf8.first == UInt8(ascii: "$") else {
      return "'\(operation)' is no operator; a nested field is written '\(field).\(operation)'"
    }
    return "there is no operator '\(operation)'; there are \(operators)"
  }

  private static func pattern(_ json: JSONValue, _ path: JSONPath) throws -> LikePattern {
    guard case .string(let text) = json else {
      throw FilterDecoder.fault(path, "a pattern was expected, but there is \(json.kindDescription)")
    }
    guard let pattern = LikePattern(strict: text) else {
      throw FilterDecoder.fault(path, "the pattern ends with an escape; write '\\\\' for a backslash")
    }
    return pattern
  }
}
