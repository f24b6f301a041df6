// SPDX-License-Identifier: Apache-2.0

import Foundation
import VectorStoreCore

/// A folder that lives as long as this object, and in which the command runs.
final class TemporaryFolder: Sendable {
  private let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("CLITests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  /// The path of a file of this name, whether it is there or not.
  func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  /// Writes a file, its folder too, and returns its path.
  @discardableResult
  func write(_ bytes: [UInt8], as name: String) throws -> String {
    let file = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    return file.path
  }

  /// Writes a file of text, and returns its path.
  @discardableResult
  func write(_ text: String, as name: String) throws -> String { try write(Array(text.utf8), as: name) }

  /// The text of a file.
  func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path(name))), as: UTF8.self)
  }

  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: path(name)) }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

  /// Runs the command in this folder.
  func run(
    _ arguments: String..., input: String = "", environment: [String: String] = [:]
  ) throws -> BuiltCommand.Outcome {
    try BuiltCommand.run(arguments, in: self, input: Array(input.utf8), environment: environment)
  }

  /// Runs `ingest … --store s.db --json`, and returns its counts with its exit code.
  func ingest(_ arguments: String...) throws -> Counts {
    let outcome = try BuiltCommand.run(
      ["ingest"] + arguments + ["--store", "s.db", "--embedder", "hashing:64", "--json"], in: self)
    return try Counts(outcome)
  }

  /// All documents of `s.db` as JSON, by id.
  func documents() throws -> [JSONValue] {
    try run("get", "--filter", "{}", "--limit", "100000", "--store", "s.db", "--json").lines.map {
      try JSONValue(parsing: $0)
    }
  }
}
