// SPDX-License-Identifier: Apache-2.0

/// Where the engine's side and pgvector's differ, with both and how to see it again.
struct VerifyDisagreement: Encodable, Sendable {
  let suite: VerifySuiteName
  let seed: UInt64
  /// What was compared, such as `vector <->`.
  let what: String
  /// What it was computed of.
  let input: String
  let expected: String
  let engine: String
  let pgvector: String

  /// The options that run this case alone.
  var replay: String { "--case \(suite.rawValue):\(seed)" }

  private enum CodingKeys: String, CodingKey {
    case suite, seed, what, input, expected, engine, pgvector, replay
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(suite.rawValue, forKey: .suite)
    try container.encode(seed, forKey: .seed)
    try container.encode(what, forKey: .what)
    try container.encode(input, forKey: .input)
    try container.encode(expected, forKey: .expected)
    try container.encode(engine, forKey: .engine)
    try container.encode(pgvector, forKey: .pgvector)
    try container.encode(replay, forKey: .replay)
  }

  /// A text that is shortened where it is very long.
  static func shortened(_ text: String, to limit: Int = 400) -> String {
    text.count > limit ? "\(text.prefix(limit))… (\(text.count) characters)" : text
  }
}
