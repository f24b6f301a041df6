// SPDX-License-Identifier: Apache-2.0

internal import VectorStoreCore

/// Reads the JSON of an answer: vectors straight into Float, of which there are millions; what is not used is only passed
/// over. `JSONValue` reads what is small.
struct AnswerReader {
  private var scanner: ByteScanner

  init(_ bytes: [UInt8]) { scanner = ByteScanner(bytes) }

  /// The answer.
  ///
  /// - Throws: ``AnswerFault``.
  mutating func read() throws -> EmbeddingAnswer {
    var answer = EmbeddingAnswer()
    var hasData = false
    scanner.skipSpace()
    guard scanner.peek == UInt8(ascii: "{") else {
      // A list at the top is JSON, but of another interface.
      _ = try scanner.value()
      throw AnswerFault.noData
    }
    try scanner.members { scanner, key in
      switch key {
      case "data":
        guard scanner.peek == UInt8(ascii: "[") else { throw AnswerFault.noData }
        hasData = true
        answer.items = []
        try scanner.elements { scanner in answer.items.append(try Self.item(&scanner, answer.items.count)) }
      case "usage":
        let usage = try scanner.value()
        answer.promptTokens = usage["prompt_tokens"]?.integerValue.flatMap { Int(exactly: $0) } ?? 0
        answer.totalTokens = usage["total_tokens"]?.integerValue.flatMap { Int(exactly: $0) } ?? answer.promptTokens
      default: try scanner.skipValue()
      }
    }
    scanner.skipSpace()
    guard scanner.peek == nil else { throw scanner.fault }
    guard hasData else { throw AnswerFault.noData }
    return answer
  }

  private static func item(_ scanner: inout ByteScanner, _ place: Int) throws -> EmbeddingAnswer.Item {
    guard scanner.peek == UInt8(ascii: "{") else { throw AnswerFault.noData }
    var item = EmbeddingAnswer.Item()
    try scanner.members { scanner, key in
      switch key {
      case "index": item.index = try scanner.value().integerValue.flatMap { Int(exactly: $0) }
      case "embedding": try vector(&scanner, &item, place)
      default: try scanner.skipValue()
      }
    }
    return item
  }

  private static func vector(_ scanner: inout ByteScanner, _ item: inout EmbeddingAnswer.Item, _ place: Int) throws {
    switch scanner.peek {
    case UInt8(ascii: "["):
      var vector: [Float] = []
      var isFinite = true
      try scanner.elements { scanner in
        if scanner.peek == UInt8(ascii: "[") {
          throw AnswerFault.noVector(item: place, "a list of vectors, one a token")
        }
        guard let number = try scanner.number() else {
          throw AnswerFault.noVector(item: place, "a list of other things")
        }
        if !number.isFinite { isFinite = false }
        vector.append(number)
      }
      item.vector = vector
      item.isFinite = isFinite
    case UInt8(ascii: "\""):
      guard let vector = Base64Floats.decode(try scanner.text()) else {
        throw AnswerFault.noVector(item: place, "a text that is not the base64 of Float32 numbers")
      }
      item.vector = vector
      item.isFinite = vector.allSatisfy(\.isFinite)
    case UInt8(ascii: "n"):
      _ = try scanner.number()
      item.vector = nil
    default: throw AnswerFault.noVector(item: place, "neither a list of numbers nor base64")
    }
  }
}
