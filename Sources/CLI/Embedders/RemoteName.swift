// SPDX-License-Identifier: Apache-2.0

import Foundation
import RemoteEmbeddings
import VectorStoreCore

/// A remote model as it is written: `MODEL`, or `MODEL?dimensions=512&batch=10`.
///
/// What decides about the vectors belongs to the name, because a store remembers the name.
struct RemoteName {
  /// What may follow the model.
  static let keys =
    "dimensions, batch, encoding, max-tokens, long-text, concurrency, timeout, query-prompt, passage-prompt"

  /// The model.
  let model: String
  /// What the name says of it.
  private(set) var options = RemoteEmbedder.Options()

  /// - Parameters:
  ///   - rest: what follows the kind.
  ///   - name: the whole name, for messages.
  /// - Throws: ``CommandError`` that names what is wrong.
  init(_ rest: String, of name: String) throws {
    let parts = rest.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    model = parts.first.map(String.init) ?? ""
    guard !model.isEmpty else { throw CommandError.usage("'\(Secrets.withoutUser(name))' names no model") }
    guard parts.count == 2 else { return }
    var seen: Set<String> = []
    for pair in parts[1].split(separator: "&") {
      let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard sides.count == 2, let value = sides[1].removingPercentEncoding, seen.insert(sides[0]).inserted else {
        throw CommandError.usage("'\(pair)' in the embedder's name must be KEY=VALUE, each key once")
      }
      try set(sides[0], value)
    }
  }

  private mutating func set(_ key: String, _ value: String) throws {
    switch key {
    case "dimensions": options.dimensions = try number(key, value, 1...16_000)
    case "batch": options.batchSize = try number(key, value, 1...100_000)
    case "max-tokens": options.maxTokensPerText = try number(key, value, 1...10_000_000)
    case "concurrency": options.concurrency = try number(key, value, 1...256)
    case "timeout":
      let duration = Duration.seconds(try number(key, value, 1...86_400))
      (options.timeouts.request, options.timeouts.silence) = (duration, duration)
    case "encoding": options.encoding = try choice(key, value)
    case "long-text": options.longText = try choice(key, value)
    case "query-prompt": options.queryPrompt = value
    case "passage-prompt": options.passagePrompt = value
    default: throw CommandError.usage("there is no '\(key)' for an embedder; there are \(Self.keys)")
    }
  }

  private func number(_ key: String, _ value: String, _ range: ClosedRange<Int>) throws -> Int {
    guard let number = Int(value), range.contains(number) else {
      throw CommandError.usage(
        "\(key) of an embedder must be a whole number from \(range.lowerBound) to \(range.upperBound), not '\(value)'")
    }
    return number
  }

  private func choice<Choice: RawRepresentable & CaseIterable>(
    _ key: String, _ value: String
  ) throws -> Choice where Choice.RawValue == String {
    if let choice = Choice(rawValue: value) { return choice }
    let choices = Choice.allCases.map(\.rawValue).joined(separator: " or ")
    throw CommandError.usage("\(key) of an embedder must be \(choices), not '\(value)'")
  }
}
