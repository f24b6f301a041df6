// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import VectorStoreCore

extension APIRequest {
  /// The JSON of the body.
  ///
  /// - Throws: ``Problem``: `unsupported_media_type` for another content type, `invalid_json` with the place.
  func json() throws -> JSONValue {
    if let type = headers[.contentType], !Self.isJSON(type) {
      throw Problem(.unsupportedMediaType, "the body is JSON: send it with 'Content-Type: application/json'")
    }
    return try JSONValue(parsing: body, options: .init(duplicateKeys: .reject, depthLimit: 200))
  }

  private static func isJSON(_ type: String) -> Bool {
    let name = type.prefix { $0 != ";" }.lowercased().trimmingPrefix { $0 == " " }.prefix { $0 != " " }
    return name == "application/json" || name.hasPrefix("application/") && name.hasSuffix("+json")
  }

  /// The members of the body, an object.
  func fields(keys: Set<String>) throws -> Fields { try Fields(json(), keys: keys) }
}
