// SPDX-License-Identifier: Apache-2.0

internal import VectorStoreCore

/// What a service says of an error. Services put it into different places.
struct ProviderMessage {
  /// The message; empty where there is none. As it came: not redacted, not shortened.
  let text: String
  /// The error's code or type, such as `insufficient_quota`.
  let code: String
  /// Whether the body is a page for people.
  let isPage: Bool

  /// Of a body.
  init(_ body: [UInt8]) {
    let start = body.prefix(AnswerCollector.errorLimit).drop { $0 <= 0x20 }
    guard start.first == UInt8(ascii: "{") || start.first == UInt8(ascii: "["),
      let value = try? JSONValue(parsing: body)
    else {
      let text = String(decoding: start, as: UTF8.self)
      isPage = start.first == UInt8(ascii: "<")
      code = ""
      self.text = isPage ? Self.title(text) : text
      return
    }
    isPage = false
    text = Self.message(value)
    code = Self.code(value)
  }

  /// OpenAI and most others have `error.message`, DashScope and vLLM also `message`, Ollama and TEI also a string in
  /// `error`, servers made with FastAPI `detail`.
  private static func message(_ value: JSONValue) -> String {
    if let text = value["error"]?["message"]?.stringValue { return text }
    if let text = value["message"]?.stringValue { return text }
    if let text = value["error"]?.stringValue { return text }
    if let text = value["detail"]?.stringValue { return text }
    if let text = value["detail"]?.arrayValue?.first?["msg"]?.stringValue { return text }
    return (try? value.serialized()) ?? ""
  }

  private static func code(_ value: JSONValue) -> String {
    let error = value["error"] ?? value
    let parts = [error["code"]?.stringValue, error["type"]?.stringValue, value["code"]?.stringValue]
    return parts.compactMap { $0 }.joined(separator: " ")
  }

  private static func title(_ page: String) -> String {
    guard let start = (page.firstRange(of: "<title>") ?? page.firstRange(of: "<TITLE>"))?.upperBound,
      let end = page[start...].firstIndex(of: "<")
    else { return "" }
    return page[start..<end].trimmed
  }
}
