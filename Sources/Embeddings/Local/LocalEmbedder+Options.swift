// SPDX-License-Identifier: Apache-2.0

extension LocalEmbedder {
  /// How a model is used.
  public struct Options: Sendable, Hashable {
    /// Threads that compute; nil for one a core. Each text is computed by one of them.
    public var threads: Int?
    /// What becomes of texts that are longer than the window.
    public var longText: LongTextPolicy
    /// Tokens of the window, special ones included; nil for what the model's files say.
    public var maxTokens: Int?
    /// The model's name in ``LocalEmbedder/space``; nil for the folder's name.
    ///
    /// Stores compare it. Give one where the folder's name may change.
    public var name: String?
    /// What is put before queries; nil for what the model's files say.
    public var queryPrompt: String?
    /// What is put before passages; nil for what the model's files say.
    public var passagePrompt: String?

    /// Options with these values.
    public init(
      threads: Int? = nil, longText: LongTextPolicy = .truncate, maxTokens: Int? = nil, name: String? = nil,
      queryPrompt: String? = nil, passagePrompt: String? = nil
    ) {
      self.threads = threads
      self.longText = longText
      self.maxTokens = maxTokens
      self.name = name
      self.queryPrompt = queryPrompt
      self.passagePrompt = passagePrompt
    }
  }
}
