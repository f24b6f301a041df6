// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import VectorStoreCore

/// `vectorstore embed`: vectors of texts.
struct EmbedCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "embed",
    abstract: "Makes vectors of texts, a line of JSON each.",
    discussion:
      "A line is {\"embedding\":[…],\"model\",\"dimension\"}. '-' reads texts from standard input, one a line."
  )

  @Argument(help: ArgumentHelp("The texts.", valueName: "text"))
  var texts: [String]

  @Flag(help: "Embed as questions, not as passages; some models tell the two apart.")
  var query = false

  @OptionGroup(title: "Embedding") var embedding: EmbedderOptions

  @Option(help: ArgumentHelp("The file of settings.", valueName: "file"))
  var config: String?

  @Flag(help: "Answer in JSON, as this command always does.")
  var json = false

  func run() async throws {
    let settings = try Settings(flags: embedding.settings, configPath: config)
    guard let name = settings[.embedder] else { throw EmbedderRegistry.missing(for: "embed") }
    let embedder = try await EmbedderRegistry.embedder(named: name.value)
    let texts = try texts == ["-"] ? Self.lines() : texts
    for start in stride(from: 0, to: texts.count, by: 64) {
      let batch = Array(texts[start..<min(start + 64, texts.count)])
      let vectors = try await query ? embedder.embed(queries: batch) : embedder.embed(passages: batch)
      try embedder.space.check(vectors: vectors, count: batch.count)
      for vector in vectors {
        try OutputFile.standard.json([
          "embedding": ResultJSON.vector(vector), "model": .string(embedder.space.model),
          "dimension": .integer(Int64(embedder.space.dimension)),
        ])
      }
    }
  }

  private static func lines() throws -> [String] {
    let reader = try LineReader(path: "-")
    var texts: [String] = []
    while let line = try reader.next() { texts.append(String(decoding: line.bytes, as: UTF8.self)) }
    return texts
  }
}
