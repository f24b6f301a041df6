// SPDX-License-Identifier: Apache-2.0

/// What a passage's vector depends on.
public struct EmbeddingCacheKey: Sendable, Hashable {
  /// The model, as its provider names it.
  public var model: String
  /// The dimension of the vectors, which some models let their users choose.
  public var dimension: Int
  /// Whether the vector is scaled to norm 1.
  public var isNormalized: Bool
  /// What is put before the text.
  public var prompt: String
  /// The text's ``ContentHash``.
  public var textHash: String

  /// The key of a passage in a space.
  public init(passage text: String, space: EmbeddingSpace) {
    self.init(
      model: space.model, dimension: space.dimension, isNormalized: space.isNormalized, prompt: space.passagePrompt,
      textHash: ContentHash.hex(of: text))
  }

  /// A key of these values.
  public init(model: String, dimension: Int, isNormalized: Bool, prompt: String, textHash: String) {
    self.model = model
    self.dimension = dimension
    self.isNormalized = isNormalized
    self.prompt = prompt
    self.textHash = textHash
  }

  /// Whether both are the same, strings by their bytes.
  public static func == (a: EmbeddingCacheKey, b: EmbeddingCacheKey) -> Bool {
    ByteOrder.equal(a.textHash, b.textHash) && a.dimension == b.dimension && a.isNormalized == b.isNormalized
      && ByteOrder.equal(a.model, b.model) && ByteOrder.equal(a.prompt, b.prompt)
  }

  /// Hashes what tells most keys apart.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(ByteKey(textHash))
    hasher.combine(ByteKey(model))
    hasher.combine(ByteKey(prompt))
    hasher.combine(dimension)
  }
}
