// SPDX-License-Identifier: Apache-2.0

/// What every backend refuses in a row, found before anything is embedded or written.
enum RowChecks {
  /// - Throws: ``VectorStoreError/Code/invalidRow``.
  static func check(id: String) throws {
    guard !id.isEmpty else { throw VectorStoreError(.invalidRow, "an id has at least one byte; this one is empty") }
    try check(text: id, "the id")
  }

  /// - Throws: ``VectorStoreError/Code/invalidRow``.
  static func check(source: String) throws { try check(text: source, "the source") }

  /// - Throws: ``VectorStoreError/Code/invalidRow``, with the path in the metadata.
  static func check(id: String?, content: String, metadata: JSONObject) throws {
    if let id { try check(id: id) }
    try check(text: content, "the content")
    try check(metadata: metadata)
  }

  /// - Throws: ``VectorStoreError/Code/invalidRow``, with the path in the metadata.
  static func check(metadata: JSONObject) throws {
    do throws(Fault) {
      for (key, value) in metadata {
        try check(key: key)
        try check(value, depth: 1) { JSONPath().key(key) }
      }
    } catch {
      throw VectorStoreError(.invalidRow, error.message, context: error.path.map { [.path: $0.description] } ?? [:])
    }
  }

  /// - Throws: ``VectorStoreError/Code/dimensionMismatch``, ``VectorStoreError/Code/invalidRow``.
  static func check(vector: [Float], dimension: Int) throws {
    guard vector.count == dimension else {
      throw VectorStoreError(
        .dimensionMismatch, "the store's vectors have \(dimension) dimensions, this one has \(vector.count)")
    }
    guard vector.isFinite else {
      throw VectorStoreError(.invalidRow, "the vector holds a NaN or an infinity")
    }
  }

  /// Runs the checks of a row, with its place and id in the context of the error.
  static func row(_ row: Int, id: String?, _ body: () throws -> Void) throws {
    do {
      try body()
    } catch let error as VectorStoreError {
      var context: [VectorStoreError.ContextKey: String] = [.row: String(row)]
      if let id, !id.utf8.contains(0) { context[.id] = id }
      throw error.adding(context)
    }
  }

  private static func check(text: String, _ name: String) throws {
    guard !text.utf8.contains(0) else {
      throw VectorStoreError(.invalidRow, "\(name) holds a NUL byte, which databases do not store; leave it out")
    }
  }

  private struct Fault: Error {
    let message: String
    let path: JSONPath?
  }

  private static func check(key: String) throws(Fault) {
    guard !key.utf8.contains(0) else {
      throw Fault(message: "a key of the metadata holds a NUL byte; leave it out", path: nil)
    }
  }

  /// The path is made only when it is needed.
  private static func check(_ value: JSONValue, depth: Int, path: () -> JSONPath) throws(Fault) {
    switch value {
    case .null, .bool, .integer, .number: break
    case .double(let number):
      guard number.isFinite else {
        throw Fault(message: "metadata holds \(number), JSON has no such number", path: path())
      }
    case .string(let text):
      guard !text.utf8.contains(0) else {
        throw Fault(message: "metadata holds a NUL byte, which databases do not store; leave it out", path: path())
      }
    case .array(let elements):
      try check(depth: depth, path: path)
      for (place, element) in elements.enumerated() {
        try check(element, depth: depth + 1) { path().index(place) }
      }
    case .object(let members):
      try check(depth: depth, path: path)
      for (key, member) in members {
        try check(key: key)
        try check(member, depth: depth + 1) { path().key(key) }
      }
    }
  }

  private static func check(depth: Int, path: () -> JSONPath) throws(Fault) {
    guard depth < JSONValue.depthLimit else {
      throw Fault(message: "metadata is nested more than \(JSONValue.depthLimit) levels deep", path: nil)
    }
  }
}
