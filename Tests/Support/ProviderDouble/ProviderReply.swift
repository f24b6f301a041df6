// SPDX-License-Identifier: Apache-2.0

package import VectorStoreCore

/// What the double answers, and how it goes about it.
package struct ProviderReply: Sendable {
  /// How the answer is written.
  package enum Manner: Sendable {
    /// At once.
    case whole
    /// The head says the whole length, but the connection ends after so many bytes of the body.
    case cut(after: Int)
    /// A byte now and then, until the client goes.
    case drip
    /// Nothing at all, until the client goes.
    case silence
    /// Without a length, and without an end.
    case endless
  }

  package var status: Int
  package var headers: [(String, String)]
  package var body: [UInt8]
  package var manner: Manner

  package init(
    status: Int = 200, headers: [(String, String)] = [("Content-Type", "application/json")], body: String = "",
    manner: Manner = .whole
  ) {
    self.status = status
    self.headers = headers
    self.body = Array(body.utf8)
    self.manner = manner
  }

  /// An error as OpenAI writes it.
  package static func error(
    _ status: Int, _ message: String, code: String = "", headers: [(String, String)] = []
  ) -> ProviderReply {
    let error: JSONValue = [
      "error": ["message": .string(message), "type": "error", "param": .null, "code": .string(code)]
    ]
    return ProviderReply(
      status: status, headers: [("Content-Type", "application/json")] + headers, body: error.description)
  }

  /// The vectors of the request's texts.
  ///
  /// - Parameters:
  ///   - dimension: that of the vectors, where the request asks for none.
  ///   - order: gives the items another order; each keeps its index.
  package static func vectors(
    _ request: ProviderRequest, dimension: Int, order: ([JSONValue]) -> [JSONValue] = { $0 }
  ) -> ProviderReply {
    let dimension = request.json["dimensions"]?.integerValue.map { Int($0) } ?? dimension
    let isBase64 = request.json["encoding_format"] == "base64"
    let items = request.texts.enumerated().map { index, text in
      let vector = TextVector.make(text, dimension: dimension)
      return JSONValue.object([
        "object": "embedding", "index": .integer(Int64(index)),
        "embedding": isBase64
          ? .string(TextVector.base64(vector)) : .array(vector.map { .double(Double($0)) }),
      ])
    }
    let tokens = Int64(request.texts.reduce(0) { $0 + $1.utf8.count })
    let answer: JSONValue = [
      "object": "list", "data": .array(order(items)), "model": request.json["model"] ?? .null,
      "usage": ["prompt_tokens": .integer(tokens), "total_tokens": .integer(tokens)],
    ]
    return ProviderReply(body: answer.description)
  }
}
