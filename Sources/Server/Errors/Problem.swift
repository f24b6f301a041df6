// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import VectorStoreCore

/// An error as it is answered: RFC 9457, "Problem Details for HTTP APIs".
struct Problem: Error, CustomStringConvertible {
  /// The kind.
  let code: ProblemCode
  /// For a person: what was wrong with the request, and what would be right.
  let detail: String
  /// The place in the request, such as `documents[3].metadata`.
  var path: String?
  /// More members: the row, the id, line and column of a JSON error.
  var members: JSONObject = [:]
  /// Headers that go with it.
  var headers: HTTPFields = [:]
  /// What the answer does not tell, and the log does.
  var cause: (any Error)?

  init(_ code: ProblemCode, _ detail: String, path: String? = nil) {
    self.code = code
    self.detail = detail
    self.path = path
  }

  /// For the log.
  var description: String { "\(code.rawValue): \(detail)" + (cause.map { " (\($0))" } ?? "") }

  /// The document: `{"type","title","status","code","detail","path"?,"request_id"}`.
  func document(requestID: String) -> JSONObject {
    var object: JSONObject = [
      "type": "about:blank", "title": .string(code.status.reasonPhrase),
      "status": .integer(Int64(code.status.code)), "code": .string(code.rawValue), "detail": .string(detail),
    ]
    object["path"] = path.map { .string($0) }
    for (key, value) in members { object[key] = value }
    object["request_id"] = .string(requestID)
    return object
  }
}
