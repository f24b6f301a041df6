// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

extension Field {
  /// The keys of a metadata field; nil for the id and the content.
  var metadataKeys: [String]? { if case .metadata(let keys) = location { keys } else { nil } }

  /// The value of the field in metadata; nil where it is missing or null.
  func value(in metadata: JSONObject) -> JSONValue? {
    guard let keys = metadataKeys else { return nil }
    var value = JSONValue.object(metadata)
    for key in keys {
      guard let member = value[key] else { return nil }
      value = member
    }
    return value.isNull ? nil : value
  }

  /// A document that has just this field.
  func document(with value: JSONValue?) -> Document {
    guard let keys = metadataKeys, let value else { return Document(content: "") }
    var nested = value
    for key in keys.reversed() { nested = .object(JSONObject([(key: key, value: nested)])) }
    return Document(content: "", metadata: nested.objectValue ?? [:])
  }
}
