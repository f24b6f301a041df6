// SPDX-License-Identifier: Apache-2.0

extension JSONValue {
  /// How deep arrays and objects may lie in each other, by default.
  public static let depthLimit = 256

  /// The JSON text, without spaces.
  ///
  /// A Double is written as its shortest decimal that reads back as the same Double, always with a point or an
  /// exponent, so 1.0 stays 1.0. Only
  /// `"`, `\` and control characters are escaped. Parsing the text gives an equal value.
  ///
  /// - Parameter sortingKeys: writes the members of objects in the order of their keys' bytes: the canonical form, in
  ///   which
  ///   equal values have equal texts; it is what content hashes are made of. Otherwise the order of the objects is
  ///   kept.
  /// - Throws: ``VectorStoreError/Code/encodingFailed`` for a NaN or an infinity and for more than ``depthLimit``
  ///   levels, with the path.
  /// - Complexity: O(n).
  public func serialized(sortingKeys: Bool = false) throws -> String {
    String(decoding: try serializedBytes(sortingKeys: sortingKeys), as: UTF8.self)
  }

  /// The bytes of ``serialized(sortingKeys:)``, for what sends them on.
  package func serializedBytes(sortingKeys: Bool = false) throws -> [UInt8] {
    var writer = JSONWriter(sortsKeys: sortingKeys)
    try writer.write(self, depth: 0)
    return writer.bytes
  }
}

/// Appends JSON text to a buffer.
private struct JSONWriter {
  let sortsKeys: Bool
  var bytes: [UInt8] = []
  private var path: [JSONPath.Step] = []

  init(sortsKeys: Bool) { self.sortsKeys = sortsKeys }

  mutating func write(_ value: JSONValue, depth: Int) throws {
    switch value {
    case .null: put("null")
    case .bool(let value): put(value ? "true" : "false")
    case .integer(let value): put(String(value))
    case .double(let value):
      guard value.isFinite else { throw fault("JSON has no \(value)") }
      put(value.description)
    case .number(let value): put(value.literal)
    case .string(let value): put(string: value)
    case .array(let elements):
      try check(depth)
      put("[")
      for (place, element) in elements.enumerated() {
        if place > 0 { put(",") }
        path.append(.index(place))
        try write(element, depth: depth + 1)
        path.removeLast()
      }
      put("]")
    case .object(let object):
      try check(depth)
      put("{")
      var first = true
      for (key, value) in sortsKeys ? object.sorted(by: { ByteOrder.precedes($0.key, $1.key) }) : Array(object) {
        if !first { put(",") }
        first = false
        put(string: key)
        put(":")
        path.append(.key(key))
        try write(value, depth: depth + 1)
        path.removeLast()
      }
      put("}")
    }
  }

  private func check(_ depth: Int) throws {
    guard depth < JSONValue.depthLimit else {
      throw fault("the value is nested more than \(JSONValue.depthLimit) levels deep")
    }
  }

  private func fault(_ message: String) -> VectorStoreError {
    VectorStoreError(.encodingFailed, message, context: [.path: JSONPath(path).description])
  }

  private mutating func put(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func put(string: String) {
    bytes.append(UInt8(ascii: "\""))
    if string.utf8.contains(where: { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }) {
      put(escaping: string)
    } else {
      bytes.append(contentsOf: string.utf8)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func put(escaping string: String) {
    for byte in string.utf8 {
      switch byte {
      case UInt8(ascii: "\""): put("\\\"")
      case UInt8(ascii: "\\"): put("\\\\")
      case 0x0A: put("\\n")
      case 0x0D: put("\\r")
      case 0x09: put("\\t")
      case 0x08: put("\\b")
      case 0x0C: put("\\f")
      case 0..<0x20:
        put("\\u00")
        for digit in [byte >> 4, byte & 15] { bytes.append(digit < 10 ? 0x30 + digit : 0x61 + digit - 10) }
      default: bytes.append(byte)
      }
    }
  }
}
