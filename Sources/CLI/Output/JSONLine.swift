// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

extension OutputFile {
  /// Writes a value as one line of JSON.
  func json(_ value: JSONValue) throws { try line(value.serialized()) }

  /// Writes an object as one line of JSON.
  func json(_ object: JSONObject) throws { try json(.object(object)) }
}
