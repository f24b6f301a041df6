// SPDX-License-Identifier: Apache-2.0

import Testing
import VectorStoreCore

@Suite("settings come from flags, else the environment, else the file")
struct SettingsTests {
  private func show(
    _ folder: TemporaryFolder, _ arguments: String..., environment: [String: String] = [:]
  ) throws -> JSONValue {
    let outcome = try BuiltCommand.run(["config", "show", "--json"] + arguments, in: folder, environment: environment)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try JSONValue(parsing: outcome.output)
  }

  @Test("in this order, and config show tells which")
  func order() throws {
    let folder = try TemporaryFolder()
    #expect(try show(folder)["settings"]?["table"]?["from"] == "default")
    let path = try folder.write(
      #"{"store": "file.db", "table": "filed", "fields": ["a", "b.c"], "chunk-size": 300}"#,
      as: ".config/vectorstore/config.json")
    let environment = ["VECTORSTORE_TABLE": "environed", "VECTORSTORE_EMBEDDER": ""]
    let settings = try #require(
      try show(folder, "--store", "flag.db", environment: environment)["settings"])
    #expect(settings["store"]?["value"] == "sqlite:flag.db")
    #expect(settings["store"]?["from"] == "flag --store")
    #expect(settings["table"]?["value"] == "environed")
    #expect(settings["table"]?["from"] == "environment VECTORSTORE_TABLE")
    #expect(settings["fields"]?["value"] == "a,b.c")
    #expect(settings["fields"]?["from"] == .string("file \(path)"))
    #expect(settings["embedder"]?["value"] == .null)
    #expect(try folder.run("config", "show").output.contains("environment") == false)
  }

  @Test("they are used")
  func use() throws {
    let folder = try TemporaryFolder()
    try folder.write("some text", as: "a.txt")
    try folder.write(#"{"store": "s.db", "embedder": "hashing:64"}"#, as: "my.json")
    let environment = ["VECTORSTORE_CONFIG": "my.json"]
    #expect(try folder.run("ingest", "a.txt", environment: environment).status == 0)
    #expect(try folder.run("count", environment: ["VECTORSTORE_STORE": "s.db"]).output == "1\n")
    #expect(try folder.run("count", "--config", "my.json", "--table", "other").status == 1)
  }

  @Test("mistakes are named with where they come from")
  func mistakes() throws {
    let folder = try TemporaryFolder()
    for (text, part) in [
      ("{", "bad.json"), (#"{"shop": 1}"#, "'shop'"), (#"{"store": {}}"#, "'store'"), ("[]", "an array"),
    ] {
      try folder.write(text, as: "bad.json")
      let outcome = try folder.run("config", "show", "--config", "bad.json")
      #expect(outcome.status == 2 && outcome.errors.contains(part), "\(outcome.errors)")
    }
    let outcome = try folder.run(
      "ingest", "x", "--store", "s.db", "--embedder", "hashing:8", environment: ["VECTORSTORE_THREADS": "many"])
    #expect(outcome.status == 2 && outcome.errors.contains("environment VECTORSTORE_THREADS"))
    for share in ["0", "1", "nan", "often"] {
      let outcome = try folder.run(
        "ingest", "x", "--store", "s.db", "--embedder", "hashing:8", "--auto-compact", share)
      #expect(outcome.status == 2 && outcome.errors.contains("flag --auto-compact"), "\(outcome.errors)")
    }
  }

  @Test("passwords and keys are never shown")
  func secrets() throws {
    let folder = try TemporaryFolder()
    let secret = "s3cr3t"
    let environment = [
      "VECTORSTORE_STORE": "postgresql://me:\(secret)@host/db", "OPENAI_API_KEY": secret,
      "VECTORSTORE_EMBEDDER": "http://me:\(secret)@host/v1?key=\(secret)#m",
    ]
    for arguments in [["config", "show"], ["config", "show", "--json"], ["count"], ["embed", "x"]] {
      let outcome = try BuiltCommand.run(arguments, in: folder, environment: environment)
      #expect(!(outcome.output + outcome.errors).contains(secret), "\(arguments): \(outcome)")
    }
    #expect(try show(folder, environment: environment)["secrets"]?["OPENAI_API_KEY"] == "set")
  }

  @Test("libpq's pairs are refused as a store, and never shown")
  func pairs() throws {
    let folder = try TemporaryFolder()
    for text in [
      "host=h password=s3cr3t", " dbname = d password = s3cr3t", "PASSWORD=s3cr3t", "sslmode=require password='s3cr3t'",
    ] {
      let shown = try folder.run("config", "show", "--store", text)
      #expect(shown.status == 0 && !(shown.output + shown.errors).contains("s3cr3t"), "\(shown)")
      #expect(try show(folder, "--store", text)["settings"]?["store"]?["value"] == "…")
      for arguments in [["count", "--store", text], ["migrate", "--store", "memory:", "--from", text]] {
        let outcome = try BuiltCommand.run(arguments, in: folder)
        #expect(outcome.status == 2 && outcome.errors.contains("postgresql://USER:PASSWORD@HOST:PORT/DATABASE"))
        #expect(!(outcome.output + outcome.errors).contains("s3cr3t"), "\(outcome)")
      }
    }
    let line = #"{"id": "a", "content": "b", "embedding": [1, 2]}"#
    try folder.write(line + "\n", as: "a.jsonl")
    for store in ["sqlite:host=h", "ports.db", "a=b.db"] {
      let outcome = try folder.run("import", "a.jsonl", "--store", store)
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
  }
}
