// SPDX-License-Identifier: Apache-2.0

import LocalEmbeddings
import Testing
import VectorStoreCore
import VectorStoreTesting

/// Whatever the bytes of a model's files, there is an error or a vector; never a crash.
@Suite struct MutationTests {
  private let model = TinyBert(width: 8, layers: 1, heads: 2, inner: 8, positions: 40, maxTokens: 20)

  @Test(arguments: 0..<4)
  func flippedAndTruncated(_ seed: Int) async throws {
    let folder = try model.folder()
    try folder.write(
      "{\"prompts\":{\"query\":\"the \",\"document\":\"\"},\"default_prompt_name\":null}",
      as: "config_sentence_transformers.json")
    var generator = SeededGenerator(UInt64(seed))
    var outcomes = (loaded: 0, refused: 0)
    for name in try folder.files() {
      let original = try folder.read(name)
      for _ in 0..<60 {
        try folder.write(mutated(original, &generator), as: name)
        do {
          let embedder = try LocalEmbedder(folder: folder.path, options: .init(threads: 1))
          let vectors = try await embedder.embed(passages: [
            "the vector store", "中文 [SEP]", String(repeating: "a ", count: 50),
          ])
          #expect(vectors.count == 3)
          outcomes.loaded += 1
        } catch is VectorStoreError {
          outcomes.refused += 1
        }
      }
      try folder.write(original, as: name)
    }
    #expect(outcomes.loaded > 0)
    #expect(outcomes.refused > 0)
  }

  /// Some bytes changed, digits for other digits, or the end missing. Headers of weights are hit as often as numbers.
  private func mutated(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    if Int.random(in: 0..<5, using: &generator) == 0 {
      return Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &generator)))
    }
    let end = Bool.random(using: &generator) ? min(bytes.count, 3000) : bytes.count
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
      let place = Int.random(in: 0..<end, using: &generator)
      let isDigit = (48...57).contains(bytes[place])
      bytes[place] =
        isDigit && Bool.random(using: &generator)
        ? UInt8.random(in: 48...57, using: &generator)
        : bytes[place] ^ (1 << UInt8.random(in: 0..<8, using: &generator))
    }
    return bytes
  }
}
