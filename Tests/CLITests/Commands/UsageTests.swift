// SPDX-License-Identifier: Apache-2.0

import Testing
import VectorStoreCore

@Suite("the command explains itself")
struct UsageTests {
  @Test("help, version and completions are answers; what is not understood is exit code 2")
  func usage() throws {
    let folder = try TemporaryFolder()
    for arguments in [
      ["--help"], ["help", "search"], ["ingest", "--help"], ["--version"], ["index", "create", "-h"],
    ] {
      let outcome = try BuiltCommand.run(arguments, in: folder)
      #expect(outcome.status == 0 && !outcome.output.isEmpty && outcome.errors.isEmpty, "\(arguments)")
    }
    for shell in ["bash", "zsh", "fish"] {
      let outcome = try folder.run("--generate-completion-script", shell)
      #expect(outcome.status == 0 && outcome.output.contains("ingest"))
    }
    for arguments in [["nonsense"], ["ingest"], ["config", "nonsense"], ["--nonsense"]] {
      let outcome = try BuiltCommand.run(arguments, in: folder)
      #expect(outcome.status == 2 && outcome.output.isEmpty && !outcome.errors.isEmpty, "\(arguments)")
    }
  }

  @Test("embed answers a line a text, of norm 1")
  func embed() throws {
    let folder = try TemporaryFolder()
    let outcome = try folder.run("embed", "one text", "another", "--embedder", "hashing:32")
    #expect(outcome.status == 0 && outcome.lines.count == 2)
    let answer = try JSONValue(parsing: outcome.lines.first ?? "")
    #expect(answer.objectValue?.keys == ["embedding", "model", "dimension"])
    #expect(answer["dimension"] == 32 && answer["embedding"]?.arrayValue?.count == 32)
    #expect(try folder.run("embed", "x").status == 2)
    let lines = try BuiltCommand.run(
      ["embed", "-", "--embedder", "hashing:8"], in: folder, input: Array("a\n\nb\n".utf8))
    #expect(lines.lines.count == 2)
  }
}
