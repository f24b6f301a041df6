// SPDX-License-Identifier: Apache-2.0

/// What both JSON forms of filters share: values, dates and errors that name the place.
struct FilterDecoder {
  /// How deep filters may lie in each other; evaluation and translation recurse.
  static let depthLimit = 100

  static func fault(_ path: JSONPath, _ message: String) -> VectorStoreError {
    VectorStoreError(.invalidFilter, "\(message), at \(path)", context: [.path: path.description])
  }

  static func check(depth: Int, _ path: JSONPath) throws {
    guard depth < depthLimit else { throw fault(path, "the filter is nested more than \(depthLimit) levels deep") }
  }

  static func field(_ text: String, _ path: JSONPath) throws -> Field {
    do {
      return try Field(strict: text)
    } catch {
      throw fault(path, error.message)
    }
  }

  static func value(_ json: JSONValue, _ path: JSONPath) throws -> FilterValue {
    switch json {
    case .bool(let value): return .bool(value)
    case .integer(let value): return .integer(value)
    case .double(let value):
      guard value.isFinite else { throw fault(path, "a number must be finite") }
      return .double(value)
    case .number(let value): return .number(value)
    case .string(let value): return .string(value)
    case .object(let object):
      guard object.count == 1, let date = object["$date"] else {
        throw fault(path, "a string, number, boolean or {\"$date\": …} was expected, but there is an object")
      }
      guard let text = date.stringValue, let moment = Timestamp(iso8601: text) else {
        throw fault(
          path.key("$date"), "an ISO 8601 date was expected, such as \"2024-02-29\" or \"2024-02-29T12:00:00Z\"")
      }
      return .date(moment)
    case .null:
      throw fault(
        path, "nothing equals or differs from null; use {\"$exists\": false} for fields that are missing or null")
    case .array:
      throw fault(path, "a string, number, boolean or {\"$date\": …} was expected, but there is an array; \(arrayHint)")
    }
  }

  static let arrayHint = "use $in to compare with several values, $contains to look into an array"

  static func values(_ json: JSONValue, _ path: JSONPath) throws -> [FilterValue] {
    guard case .array(let elements) = json else {
      throw fault(path, "an array was expected, but there is \(json.kindDescription)")
    }
    return try elements.enumerated().map { try value($1, path.index($0)) }
  }
}
