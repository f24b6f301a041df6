// SPDX-License-Identifier: Apache-2.0

/// What a service answered, as it says it.
struct EmbeddingAnswer: Sendable {
  /// A vector and its place.
  struct Item: Sendable {
    /// The place in the request; nil where the service says none.
    var index: Int?
    /// The vector; nil where there is none.
    var vector: [Float]?
    /// Whether a number is a NaN, an infinity or null.
    var isFinite = true
  }

  /// In the order of the answer.
  var items: [Item] = []
  /// `usage.prompt_tokens`
  var promptTokens = 0
  /// `usage.total_tokens`
  var totalTokens = 0
}
