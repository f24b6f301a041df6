// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import VectorStoreCore

/// The command with a real model, as `scripts/fetch-model` brings it.
@Suite("a model from a folder")
struct LocalModelTests {
  private func model() throws -> String {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let folder =
      ProcessInfo.processInfo.environment["VECTORSTORE_MODEL"]
      ?? root.appendingPathComponent(".build/models/all-MiniLM-L6-v2").path
    try #require(
      FileManager.default.fileExists(atPath: folder + "/model.safetensors"),
      "all-MiniLM-L6-v2 is not in \(folder): run scripts/fetch-model, or name its folder in VECTORSTORE_MODEL")
    return "local:\(folder)"
  }

  @Test("passages fit in the model's window, and a question finds the one that answers it")
  func findsByMeaning() throws {
    let folder = try TemporaryFolder()
    // 900 characters, but about as many tokens; the window has 254.
    try folder.write(String(repeating: "向量数据库", count: 180), as: "docs/zh.txt")
    try folder.write("The ship sank in the harbour after the storm.", as: "docs/ship.txt")
    try folder.write("Bread is baked from flour, water and yeast.", as: "docs/bread.txt")
    let embedder = ["--store", "s.db", "--embedder", try model()]
    let counts = try Counts(BuiltCommand.run(["ingest", "docs", "--json"] + embedder, in: folder))
    #expect(counts.added >= 6 && counts.failed == 0, "\(counts)")
    let found = try BuiltCommand.run(
      ["search", "how do I make a loaf?", "--store", "s.db", "-k", "1", "--json"], in: folder)
    #expect(found.output.contains("docs/bread.txt"), "\(found.output)\(found.errors)")
  }
}
