// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import VectorStoreCore

/// The answer of a route's handler.
struct APIResponse: Sendable {
  var status: HTTPResponse.Status = .ok
  var headers: HTTPFields = [:]
  var body = ByteBuffer()

  /// An answer in JSON.
  static func json(_ value: JSONValue, type: String = "application/json") throws -> APIResponse {
    APIResponse(headers: [.contentType: type], body: ByteBuffer(bytes: try value.serializedBytes()))
  }

  /// An answer in JSON.
  static func json(_ object: JSONObject) throws -> APIResponse { try json(.object(object)) }

  /// A text of some type.
  static func text(_ text: String, type: String) -> APIResponse {
    APIResponse(headers: [.contentType: type], body: ByteBuffer(string: text))
  }
}
