// SPDX-License-Identifier: Apache-2.0

import Foundation
import ProviderDouble
import Testing
import VectorStoreCore

/// The command with a provider on loopback.
@Suite("embedders over the network")
struct RemoteEmbedderTests {
  /// No proxy of this machine's, and no keys.
  private func environment(_ more: [String: String] = [:]) -> [String: String] {
    let none = ["OPENAI_API_KEY", "OPENAI_BASE_URL", "DASHSCOPE_API_KEY", "AZURE_OPENAI_API_KEY", "OLLAMA_HOST"]
    var values = Dictionary(uniqueKeysWithValues: none.map { ($0, "") })
    values["no_proxy"] = "*"
    return values.merging(more) { $1 }
  }

  @Test("a store filled through a server is searched through it, by the name that it remembers")
  func server() throws {
    let double = try ProviderDouble { .vectors($0, dimension: 64) }
    let folder = try TemporaryFolder()
    try folder.write("The ship sank in the harbour after the storm.", as: "docs/ship.txt")
    try folder.write("Bread is baked from flour, water and yeast.", as: "docs/bread.txt")
    let name = "http://user:hidden@127.0.0.1:\(double.port)/v1?token=hidden#some/model?batch=1"
    let variables = environment(["VECTORSTORE_EMBEDDER_KEY": "key-of-the-server"])
    let outcome = try folder.run(
      "ingest", "docs", "--store", "s.db", "--embedder", name, "--json", environment: variables)
    #expect(try Counts(outcome) == Counts(2), "\(outcome.errors)")
    // One to learn the dimension, one a text.
    #expect(double.requests.map { $0.texts.count } == [1, 1, 1])
    #expect(double.requests.allSatisfy { $0.headers["authorization"] == "Bearer key-of-the-server" })
    #expect(double.requests.allSatisfy { $0.target.hasSuffix("?token=hidden") && $0.json["model"] == "some/model" })

    let found = try folder.run(
      "search", "flour and yeast", "--store", "s.db", "-k", "1", "--json", environment: variables)
    #expect(found.output.contains("docs/bread.txt"), "\(found.output)\(found.errors)")
    let request = try #require(double.requests.last)
    #expect(double.requests.count == 4 && request.texts == ["flour and yeast"])
    // A store gives away no key, and remembers none.
    #expect(request.headers["authorization"] == nil && request.target == "/v1/embeddings")
    let stats = try folder.run("stats", "--store", "s.db", "--json", environment: variables)
    #expect(stats.output.contains("some/model?batch=1") && !stats.output.contains("hidden"), "\(stats.output)")
  }

  @Test("the name's options are followed, and another dimension is another space")
  func options() throws {
    let double = try ProviderDouble { .vectors($0, dimension: 64) }
    let folder = try TemporaryFolder()
    let base = "http://127.0.0.1:\(double.port)/v1#m"
    let name = base + "?dimensions=16&query-prompt=ask:%20&encoding=base64&concurrency=1"
    let outcome = try folder.run("embed", "x", "--query", "--embedder", name, environment: environment())
    #expect(try JSONValue(parsing: outcome.lines.first ?? "")["dimension"] == 16, "\(outcome.errors)")
    #expect(double.requests.map(\.texts) == [["ask: x"]] && double.requests.first?.json["dimensions"] == 16)
    try folder.write("some text", as: "a.txt")
    for (dimensions, status) in [("16", 0), ("32", 1)] as [(String, Int32)] {
      let outcome = try folder.run(
        "ingest", "a.txt", "--store", "s.db", "--embedder", "\(base)?dimensions=\(dimensions)",
        environment: environment())
      #expect(outcome.status == status, "\(outcome.errors)")
      #expect(status == 0 || outcome.errors.contains("dimension 16 in the store, 32 here"))
    }
  }

  @Test("providers take their keys and addresses from the environment")
  func providers() throws {
    let double = try ProviderDouble { .vectors($0, dimension: 1024) }
    let folder = try TemporaryFolder()
    let path = try folder.write("filed-key\n", as: "key")
    let root = "http://127.0.0.1:\(double.port)"
    for (name, variables, header, value) in [
      ("openai:m", ["OPENAI_API_KEY": "k1", "OPENAI_BASE_URL": root + "/v1"], "authorization", "Bearer k1"),
      (
        "dashscope:text-embedding-v4", ["DASHSCOPE_API_KEY_FILE": path, "DASHSCOPE_BASE_URL": root + "/v1"],
        "authorization", "Bearer filed-key"
      ),
      ("azure:m", ["AZURE_OPENAI_ENDPOINT": root, "AZURE_OPENAI_API_KEY": "k2"], "api-key", "k2"),
      ("ollama:bge-m3:latest", ["OLLAMA_HOST": root], "authorization", nil),
    ] as [(String, [String: String], String, String?)] {
      let outcome = try folder.run("embed", "x", "--embedder", name, environment: environment(variables))
      #expect(outcome.status == 0, "\(name): \(outcome.errors)")
      #expect(double.requests.last?.headers[header] == value)
    }
  }

  @Test("mistakes are exit code 2 and say what is missing")
  func mistakes() throws {
    let folder = try TemporaryFolder()
    for (name, part) in [
      ("openai:text-embedding-3-small", "OPENAI_API_KEY"), ("dashscope:text-embedding-v4", "DASHSCOPE_API_KEY"),
      ("azure:m", "AZURE_OPENAI_ENDPOINT"), ("openai:", "names no model"), ("http://127.0.0.1:9/v1", "#MODEL"),
      ("http://#m", "base URL"), ("ollama:m?dimensions=none", "whole number"), ("ollama:m?color=red", "no 'color'"),
      ("ollama:m?encoding=xml", "float or base64"), ("ollama:m?batch", "KEY=VALUE"),
      ("ollama:m?batch=1&batch=2", "each key once"), ("mystery:m", "http://…#MODEL"),
    ] {
      let outcome = try folder.run("embed", "x", "--embedder", name, environment: environment())
      #expect(outcome.status == 2 && outcome.errors.contains(part), "\(name): \(outcome)")
    }
  }

  @Test("a provider's refusal is exit code 1, with its message and the cure, without the key")
  func refusal() throws {
    let double = try ProviderDouble { request in
      .error(401, "Incorrect API key provided: \(request.headers["authorization"] ?? "")")
    }
    let folder = try TemporaryFolder()
    let variables = environment(["OPENAI_API_KEY": "sk-hidden", "OPENAI_BASE_URL": double.baseURL])
    let outcome = try folder.run(
      "embed", "x", "--embedder", "openai:text-embedding-3-small", environment: variables)
    #expect(outcome.status == 1 && outcome.output.isEmpty)
    for part in ["OpenAI answered 401", "Incorrect API key", "the variable OPENAI_API_KEY"] {
      #expect(outcome.errors.contains(part), "\(outcome.errors)")
    }
    #expect(!outcome.errors.contains("sk-hidden"))
  }

  @Test("a recorded server that wants a key says that it has to be named")
  func keyless() throws {
    let double = try ProviderDouble { request in
      request.headers["authorization"] == "Bearer k" ? .vectors(request, dimension: 8) : .error(401, "no key")
    }
    let folder = try TemporaryFolder()
    try folder.write("some text", as: "a.txt")
    let name = "http://127.0.0.1:\(double.port)/v1#m"
    let variables = environment(["VECTORSTORE_EMBEDDER_KEY": "k"])
    #expect(
      try folder.run("ingest", "a.txt", "--store", "s.db", "--embedder", name, environment: variables).status == 0)
    let refused = try folder.run("search", "text", "--store", "s.db", environment: variables)
    #expect(refused.status == 1 && refused.errors.contains("give --embedder"), "\(refused.errors)")
    let named = try folder.run("search", "text", "--store", "s.db", "--embedder", name, environment: variables)
    #expect(named.status == 0 && named.output.contains("a.txt"), "\(named.errors)")
  }
}
