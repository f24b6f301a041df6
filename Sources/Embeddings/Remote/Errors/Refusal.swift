// SPDX-License-Identifier: Apache-2.0

/// What a service refuses, as far as its message tells.
enum Refusal: Hashable {
  /// More texts than it takes; the most, where the message says it.
  case batchSize(Int?)
  /// More tokens in all texts than it takes.
  case requestTokens
  /// A text that is longer than the model takes.
  case textLength
  /// Texts that are not strings.
  case notStrings
  /// The dimensions that were asked for.
  case dimensions
  /// The way in which vectors were asked for.
  case encoding

  /// Reads a message.
  ///
  /// - Parameter count: the texts of the request.
  init?(status: Int, message: String, count: Int) {
    let text = message.lowercased()
    func says(_ parts: String...) -> Bool { parts.contains { text.contains($0) } }
    if says("neither str nor list of str") {
      self = .notStrings
    } else if says("tokens per request", "tokens in request") {
      self = .requestTokens
    } else if says(
      "context length", "string too long", "must have less than", "too large to process", "input length",
      "maximum sequence length")
    {
      // Before the size of batches: llama.cpp speaks of its own batches of tokens here.
      self = .textLength
    } else if says(
      "batch size", "batch_size", "maximum length", "too many inputs", "number of inputs", "array too long")
    {
      self = .batchSize(Self.limit(in: text, below: count))
    } else if status == 413 {
      // A single text that is too large for a proxy, say.
      self = count > 1 ? .batchSize(nil) : .textLength
    } else if says("encoding_format", "base64") {
      self = .encoding
    } else if says("dimension", "matryoshka") {
      self = .dimensions
    } else {
      return nil
    }
  }

  /// The number behind words that announce a limit; else the largest that is smaller than what was sent.
  private static func limit(in text: String, below count: Int) -> Int? {
    let words = [
      "larger than", "greater than", "more than", "maximum allowed batch size", "maximum length", "maximum batch size",
      "at most", "exceed", "limit", "maximum", "max",
    ]
    for word in words {
      guard let range = text.firstRange(of: word) else { continue }
      let rest = text[range.upperBound...].prefix(24).drop { !$0.isASCII || !$0.isNumber }
      let number = Int(rest.prefix { $0.isASCII && $0.isNumber })
      if let number, (1..<count).contains(number) { return number }
    }
    let numbers = text.split { !$0.isASCII || !$0.isNumber }.compactMap { Int($0) }
    return numbers.filter { (1..<count).contains($0) }.max()
  }
}
