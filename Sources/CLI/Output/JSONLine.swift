// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

extension OutputFile {
  /// Writes an object as one line of JSON.
  func json(_ object: JSONObject) throws { try line(JSONValue.object(object).serialized()) }
}
