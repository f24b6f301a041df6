// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// Values of metadata columns as they are written.
enum MemberValue {
  /// The text from which the server makes a value of the column's type; nil is NULL.
  ///
  /// - Throws: ``VectorStoreError/Code/invalidRow`` for a value of another kind.
  static func text(_ value: JSONValue?, for member: TableLayout.Member) throws -> String? {
    guard let value, !value.isNull else {
      guard member.isNullable || member.hasDefault else {
        throw fault(member, "the column takes no NULL, and the metadata has no member \"\(member.name)\"")
      }
      return nil
    }
    switch (member.typeName, value) {
    case ("json", _), ("jsonb", _): return try JSONBText.serialized(value, isBinary: member.typeName == "jsonb")
    case ("int2", .integer(let number)):
      guard Int16(exactly: number) != nil else { throw fault(member, "\(number) is beyond a smallint") }
      return String(number)
    case ("int4", .integer(let number)):
      guard Int32(exactly: number) != nil else { throw fault(member, "\(number) is beyond an integer") }
      return String(number)
    case ("int8", .integer(let number)): return String(number)
    case ("float4", .integer(let number)), ("float8", .integer(let number)), ("numeric", .integer(let number)):
      return String(number)
    case ("float4", .double(let number)), ("float8", .double(let number)), ("numeric", .double(let number)):
      return number.description
    case ("numeric", .number(let number)): return number.literal
    case ("bool", .bool(let value)): return value ? "true" : "false"
    case ("date", .string(let text)), ("timestamp", .string(let text)), ("timestamptz", .string(let text)):
      guard let moment = Timestamp(iso8601: text) else {
        throw fault(member, "'\(text.prefix(40))' is no ISO 8601 date")
      }
      return moment.description
    case (let type, .array(let elements)) where type.hasPrefix("_"): return try arrayText(elements, member)
    case (let type, .string(let text)) where !Self.isOther(type): return text
    default:
      throw fault(member, "\(value.kindDescription) does not fit the column's type \(member.type)")
    }
  }

  /// Types whose values are no strings in JSON.
  private static func isOther(_ type: String) -> Bool {
    ["int2", "int4", "int8", "float4", "float8", "numeric", "bool"].contains(type) || type.hasPrefix("_")
  }

  /// PostgreSQL's text of an array of scalars.
  private static func arrayText(_ elements: [JSONValue], _ member: TableLayout.Member) throws -> String {
    let parts = try elements.map { element -> String in
      switch element {
      case .null: return "NULL"
      case .bool(let value): return value ? "true" : "false"
      case .integer(let number): return String(number)
      case .double(let number): return number.description
      case .number(let number): return number.literal
      case .string(let text):
        var quoted = "\""
        for scalar in text.unicodeScalars {
          if scalar == "\"" || scalar == "\\" { quoted += "\\" }
          quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
      case .array, .object:
        throw fault(member, "an array of \(element.kindDescription) does not fit the column's type \(member.type)")
      }
    }
    return "{\(parts.joined(separator: ","))}"
  }

  private static func fault(_ member: TableLayout.Member, _ message: String) -> VectorStoreError {
    VectorStoreError(
      .invalidRow, "the metadata's \"\(member.name)\" cannot be written: \(message)",
      context: [.tableColumn: member.name, .path: member.name])
  }
}
