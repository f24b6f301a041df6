// SPDX-License-Identifier: Apache-2.0

import LocalEmbeddings
import Testing
import VectorStoreCore

@Suite struct LongTextTests {
  private let model = TinyBert(maxTokens: 12)
  private let text = Array(repeating: "the vector stores abc", count: 9).joined(separator: " ")

  @Test func truncates() async throws {
    let folder = try model.folder()
    let embedder = try LocalEmbedder(folder: folder.path)
    let ids = embedder.tokenizer.ids(of: text)
    let expected = model.reference.vector(ids.prefix(11) + ids.suffix(1))
    #expect(Closeness.difference(try await embedder.embed(query: text), expected) < 1e-5)
    #expect(embedder.maxTokens == 12)
    #expect(embedder.passageCapacity == 10)
    #expect(embedder.countTokens(text) == ids.count - 2)
  }

  @Test func takesTheMeanOfWindows() async throws {
    let folder = try model.folder()
    let embedder = try LocalEmbedder(folder: folder.path, options: .init(longText: .meanOfWindows))
    let expected = mean(of: embedder.tokenizer.ids(of: text), lead: 0)
    #expect(Closeness.difference(try await embedder.embed(query: text), expected) < 1e-5)
    // What fits is as ever.
    let short = try await embedder.embed(query: "the vector")
    #expect(Closeness.difference(short, model.reference.vector(embedder.tokenizer.ids(of: "the vector"))) < 1e-5)
  }

  @Test func windowsCarryThePrompt() async throws {
    let folder = try model.folder()
    let options = LocalEmbedder.Options(longText: .meanOfWindows, passagePrompt: "store. ")
    let embedder = try LocalEmbedder(folder: folder.path, options: options)
    let expected = mean(of: embedder.tokenizer.ids(of: "store. " + text), lead: 2)
    #expect(Closeness.difference(try await embedder.embed(passages: [text])[0], expected) < 1e-5)
  }

  @Test func lengthCanBeAskedFor() async throws {
    let folder = try model.folder()
    let wide = try LocalEmbedder(folder: folder.path, options: .init(maxTokens: model.positions))
    let ids = wide.tokenizer.ids(of: text)
    #expect(ids.count < model.positions)
    #expect(Closeness.difference(try await wide.embed(query: text), model.reference.vector(ids)) < 1e-5)
    for length in [-1, 0, 2, model.positions + 1] {
      #expect(throws: VectorStoreError.self) {
        try LocalEmbedder(folder: folder.path, options: .init(maxTokens: length))
      }
    }
  }

  /// The mean over windows of 10 tokens, of which `lead` are repeated in each, weighted by the tokens of the text.
  private func mean(of ids: [Int32], lead: Int) -> [Double] {
    let content = Array(ids.dropFirst().dropLast())
    let start = Array(content.prefix(lead))
    var rest = content.dropFirst(lead)
    var sum = [Double](repeating: 0, count: model.width)
    while !rest.isEmpty {
      let window = rest.prefix(10 - lead)
      let vector = model.reference.vector([ids[0]] + start + window + [ids[ids.count - 1]])
      for index in sum.indices { sum[index] += vector[index] * Double(window.count) }
      rest = rest.dropFirst(window.count)
    }
    let norm = sum.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return sum.map { $0 / norm }
  }
}
