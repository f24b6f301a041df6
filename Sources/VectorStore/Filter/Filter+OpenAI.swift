// SPDX-License-Identifier: Apache-2.0

extension Filter {
  /// The filter in the JSON of OpenAI's vector stores: `{"type": "gte", "key": "year", "value": 2020}` and `{"type":
  /// "and", "filters": […]}`.
  ///
  /// The types are `eq`, `ne`, `gt`, `gte`, `lt`, `lte`, with a value as in ``init(json:)``; `in`, `nin`, with a list;
  /// `and`, `or`, with filters. Keys are
  /// fields as everywhere (``Field``), so that a dot in a key is escaped here too.
  ///
  /// - Throws: ``VectorStoreError/Code/invalidFilter`` with the place of the error, such as `filters[1].value`.
  public init(openAI json: JSONValue) throws {
    self = try OpenAIFilterDecoder.filter(json, JSONPath(), depth: 0)
  }
}

/// Decodes OpenAI's form.
private enum OpenAIFilterDecoder {
  static func filter(_ json: JSONValue, _ path: JSONPath, depth: Int) throws -> Filter {
    try FilterDecoder.check(depth: depth, path)
    guard case .object(let object) = json else {
      throw FilterDecoder.fault(path, "a filter is an object, but there is \(json.kindDescription)")
    }
    guard let type = try member("type", of: object, path).stringValue else {
      throw FilterDecoder.fault(path.key("type"), "a string was expected")
    }
    switch type {
    case "and", "or":
      try only(["type", "filters"], object, path)
      let inner = path.key("filters")
      guard case .array(let elements) = try member("filters", of: object, path), !elements.isEmpty else {
        throw FilterDecoder.fault(inner, "a list of filters was expected, one at least")
      }
      let filters = try elements.enumerated().map { try filter($1, inner.index($0), depth: depth + 1) }
      return type == "and" ? .and(filters) : .or(filters)
    case "in", "nin", "eq", "ne", "gt", "gte", "lt", "lte":
      try only(["type", "key", "value"], object, path)
      guard let key = try member("key", of: object, path).stringValue else {
        throw FilterDecoder.fault(path.key("key"), "a string was expected")
      }
      let field = try FilterDecoder.field(key, path.key("key"))
      let value = try member("value", of: object, path)
      if type == "in" { return .in(field, try FilterDecoder.values(value, path.key("value"))) }
      if type == "nin" { return .notIn(field, try FilterDecoder.values(value, path.key("value"))) }
      guard let comparison = Filter.Comparison(rawValue: "$" + type) else { break }
      return .compare(field, comparison, try FilterDecoder.value(value, path.key("value")))
    default: break
    }
    throw FilterDecoder.fault(
      path.key("type"), "there is no type '\(type)'; there are eq, ne, gt, gte, lt, lte, in, nin, and, or")
  }

  private static func member(_ key: String, of object: JSONObject, _ path: JSONPath) throws -> JSONValue {
    guard let value = object[key] else { throw FilterDecoder.fault(path, "the member \"\(key)\" is missing") }
    return value
  }

  private static func only(_ keys: [String], _ object: JSONObject, _ path: JSONPath) throws {
    for key in object.keys where !keys.contains(key) {
      throw FilterDecoder.fault(
        path.key(key), "there is no member \"\(key)\" here; there are \(keys.joined(separator: ", "))")
    }
  }
}
