// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// What a model wants to be put before queries and passages, from `config_sentence_transformers.json`.
struct ModelPrompts {
  let query: String
  let passage: String

  /// Takes the prompts by the names that sentence-transformers looks for; `default_prompt_name` stands in for both.
  init(_ folder: ModelFolder) throws {
    let file = try folder.configurationIfPresent("config_sentence_transformers.json")
    let prompts = try file?.objectIfPresent("prompts")
    let usual = try file?.stringIfPresent("default_prompt_name").flatMap { try prompts?.stringIfPresent($0) }
    func first(_ names: [String]) throws -> String {
      for name in names { if let prompt = try prompts?.stringIfPresent(name) { return prompt } }
      return usual ?? ""
    }
    query = try first(["query"])
    passage = try first(["document", "passage", "corpus"])
  }
}
