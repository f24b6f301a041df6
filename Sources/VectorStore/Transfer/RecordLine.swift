// SPDX-License-Identifier: Apache-2.0

/// A record as a line of JSON: `{"id": …, "content": …, "metadata": {…}, "embedding": […]}`.
///
/// A line that is read may lack the id, the metadata and the embedding, or have null for them. Another key is an error: it
/// would be lost.
struct RecordLine {
  let id: String?
  let content: String
  let metadata: JSONObject
  /// Nil where the text has to be embedded.
  let vector: [Float]?

  /// The line of a record; without the vector if that is empty. Each number reads back as the same Float.
  static func text(of record: Record) throws -> String {
    var line = "{\"id\":\(try JSONValue.string(record.id).serialized())"
    line += ",\"content\":\(try JSONValue.string(record.content).serialized())"
    line += ",\"metadata\":\(try JSONValue.object(record.metadata).serialized())"
    guard !record.vector.isEmpty else { return line + "}" }
    line += ",\"embedding\":["
    for (place, number) in record.vector.enumerated() {
      if place > 0 { line += "," }
      line += number.description
    }
    return line + "]}"
  }

  /// - Throws: ``VectorStoreError/Code/invalidJSON``, ``VectorStoreError/Code/invalidRow``.
  init(parsing text: String) throws {
    guard case .object(let object) = try JSONValue(parsing: text) else {
      throw VectorStoreError(.invalidRow, "a line is an object with \"content\"")
    }
    var (id, content, metadata, vector): (String?, String?, JSONObject, [Float]?) = (nil, nil, [:], nil)
    for (key, value) in object {
      switch (key, value) {
      case ("id", .string(let text)): id = text
      case ("content", .string(let text)): content = text
      case ("metadata", .object(let members)): metadata = members
      case ("embedding", .array(let numbers)): vector = try Self.vector(numbers)
      case ("id", .null), ("metadata", .null), ("embedding", .null): break
      case ("id", _), ("content", _): throw Self.fault(key, "a string", value)
      case ("metadata", _): throw Self.fault(key, "an object", value)
      case ("embedding", _): throw Self.fault(key, "an array of numbers", value)
      default:
        throw VectorStoreError(
          .invalidRow, "there is no \"\(key)\" in a line; its keys are id, content, metadata and embedding",
          context: [.path: key])
      }
    }
    guard let content else { throw VectorStoreError(.invalidRow, "the line lacks \"content\"") }
    (self.id, self.content, self.metadata, self.vector) = (id, content, metadata, vector)
  }

  private static func vector(_ numbers: [JSONValue]) throws -> [Float] {
    try numbers.enumerated().map { place, number in
      guard let float = Float(nearest: number) else {
        throw VectorStoreError(
          .invalidRow, "a vector's numbers are within Float32, but there is \(number)",
          context: [.path: JSONPath([.key("embedding"), .index(place)]).description])
      }
      return float
    }
  }

  private static func fault(_ key: String, _ expected: String, _ value: JSONValue) -> VectorStoreError {
    VectorStoreError(
      .invalidRow, "\"\(key)\" is \(expected), but there is \(value.kindDescription)", context: [.path: key])
  }
}
