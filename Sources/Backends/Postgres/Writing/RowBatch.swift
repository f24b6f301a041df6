// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// Records as the columns of one INSERT: an array for each column, so that thousands of rows take one statement.
struct RowBatch: Sendable {
  let layout: TableLayout
  private(set) var ids: [String] = []
  private(set) var contents: [String] = []
  private(set) var jsons: [String?] = []
  private(set) var members: [[String?]]
  private(set) var vectors: [[Float]] = []

  init(layout: TableLayout) {
    self.layout = layout
    members = Array(repeating: [], count: layout.members.count)
  }

  /// - Throws: ``VectorStoreError/Code/invalidRow``, ``VectorStoreError/Code/invalidIdentifier``,
  ///   ``VectorStoreError/Code/encodingFailed``.
  mutating func append(id: String, content: String, metadata: JSONObject, vector: [Float]) throws {
    ids.append(id)
    contents.append(content)
    try append(metadata: metadata)
    vectors.append(vector)
  }

  mutating func append(metadata: JSONObject) throws {
    let (values, rest) = try Self.split(metadata, layout: layout)
    for (place, value) in values.enumerated() { members[place].append(value) }
    guard layout.json != nil else { return }
    jsons.append(try JSONBText.serialized(.object(rest), isBinary: layout.isJSONBinary))
  }

  mutating func append(id: String, metadata: JSONObject) throws {
    ids.append(id)
    try append(metadata: metadata)
  }

  /// The members that have columns, as their texts, and the others.
  private static func split(_ metadata: JSONObject, layout: TableLayout) throws -> ([String?], JSONObject) {
    var rest = metadata
    var values: [String?] = []
    values.reserveCapacity(layout.members.count)
    for member in layout.members {
      values.append(try MemberValue.text(rest[member.name], for: member))
      rest[member.name] = nil
    }
    guard layout.json != nil || rest.isEmpty else {
      throw VectorStoreError(
        .invalidRow,
        "the metadata's \"\(rest[rest.startIndex].key)\" has no column in \(layout.name.display), which has no JSON column either",
        context: [.path: rest[rest.startIndex].key])
    }
    return (values, rest)
  }

  /// The arrays as a table `r` in FROM: id, json, m0, m1, …
  var source: SQLText {
    var arrays: [SQLText] = ["\(bind: .texts(ids))::text[]"]
    var names: [SQLText] = ["id"]
    if layout.json != nil {
      arrays.append("\(bind: .texts(jsons))::text[]")
      names.append("json")
    }
    for place in layout.members.indices {
      arrays.append("\(bind: .texts(members[place]))::text[]")
      names.append("m\(place)")
    }
    return "unnest(\(arrays.joined(by: ", "))) AS r(\(names.joined(by: ", ")))"
  }
}
