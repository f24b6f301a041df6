// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import VectorStoreCore

extension Problem {
  /// The answer: `application/problem+json`, or OpenAI's `{"error": {…}}`.
  func answer(requestID: String, isOpenAI: Bool) -> APIResponse {
    let object = isOpenAI ? openAIDocument : document(requestID: requestID)
    // Texts, whole numbers and nothing deep: this has a JSON form.
    let text = (try? JSONValue.object(object).serialized()) ?? "{}"
    var answer = APIResponse.text(text, type: isOpenAI ? "application/json" : "application/problem+json")
    answer.status = code.status
    answer.headers.append(contentsOf: headers)
    if let seconds = code.retryAfter { answer.headers[.retryAfter] = String(seconds) }
    return answer
  }

  /// The shape of errors that OpenAI's clients read.
  private var openAIDocument: JSONObject {
    let type =
      switch code.status.kind {
      case .serverError: "server_error"
      default: code == .tooManyRequests ? "rate_limit_error" : "invalid_request_error"
      }
    return [
      "error": [
        "message": .string(detail), "type": .string(type), "param": path.map { .string($0) } ?? .null,
        "code": .string(code.rawValue),
      ]
    ]
  }
}
