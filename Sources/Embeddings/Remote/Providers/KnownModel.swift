// SPDX-License-Identifier: Apache-2.0

/// What is known of models by their names, so that no request is needed to learn it. Answers are checked against it.
struct KnownModel: Sendable, Hashable {
  /// The dimensions of its vectors where none are asked for.
  let dimension: Int
  /// The most tokens of a text where that is less than the provider's.
  let maxTokens: Int?

  private init(_ dimension: Int, maxTokens: Int? = nil) {
    self.dimension = dimension
    self.maxTokens = maxTokens
  }

  /// The model of a name, as providers write it. Ollama's `:latest` means nothing.
  static func named(_ name: String) -> KnownModel? {
    let suffix = ":latest"
    return models[name.hasSuffix(suffix) ? String(name.dropLast(suffix.count)) : name]
  }

  private static let models: [String: KnownModel] = [
    // OpenAI and Azure
    "text-embedding-3-small": KnownModel(1536),
    "text-embedding-3-large": KnownModel(3072),
    "text-embedding-ada-002": KnownModel(1536),
    // DashScope
    "text-embedding-v4": KnownModel(1024),
    "text-embedding-v3": KnownModel(1024),
    "text-embedding-v2": KnownModel(1536, maxTokens: 2_048),
    "text-embedding-v1": KnownModel(1536, maxTokens: 2_048),
    // Ollama
    "nomic-embed-text": KnownModel(768),
    "mxbai-embed-large": KnownModel(1024),
    "bge-m3": KnownModel(1024),
    // The hub's names, as vLLM and TEI know them
    "BAAI/bge-m3": KnownModel(1024),
    "BAAI/bge-small-en-v1.5": KnownModel(384),
    "BAAI/bge-base-en-v1.5": KnownModel(768),
    "BAAI/bge-large-en-v1.5": KnownModel(1024),
    "BAAI/bge-large-zh-v1.5": KnownModel(1024),
    "intfloat/multilingual-e5-large": KnownModel(1024),
    "nomic-ai/nomic-embed-text-v1.5": KnownModel(768),
    "sentence-transformers/all-MiniLM-L6-v2": KnownModel(384),
  ]
}
