// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import VectorStoreCore

/// `vectorstore config show`: each setting, and where it comes from.
struct ConfigShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Shows each setting with its value and where it comes from.",
    discussion: """
      A flag counts before the environment, that before the file, that before the default. The file is a JSON object \
      whose keys are the settings' names. Of keys to providers it is only said whether they are set.
      """
  )

  @OptionGroup(title: "Store") var store: StoreOptions
  @OptionGroup(title: "New stores and writing") var writing: WritingOptions
  @OptionGroup(title: "Embedding") var embedding: EmbedderOptions
  @OptionGroup(title: "Passages") var chunks: ChunkOptions
  @OptionGroup var output: OutputOption

  func run() async throws {
    let session = try StoreSession(store, writing.settings, embedding.settings, chunks.settings)
    let settings = session.settings
    let environment = ProcessInfo.processInfo.environment
    var values: JSONObject = [:]
    for setting in Setting.allCases {
      let resolved = settings[setting]
      values[setting.name] = [
        "value": resolved.map { .string(Secrets.shown($0)) } ?? .null,
        "from": .string(resolved?.origin.description ?? "not set"), "environment": .string(setting.variable),
      ]
    }
    let keys = Secrets.variables.map { name in
      (key: name, value: JSONValue.string(Secrets.isSet(name, environment) ? "set" : "not set"))
    }
    let path = settings.file?.path ?? SettingsFile.usualPath(environment)
    guard !output.json else {
      return try OutputFile.standard.json([
        "settings": .object(values), "secrets": .object(JSONObject(keys)),
        "file": ["path": path.map { .string($0) } ?? .null, "exists": .bool(settings.file != nil)],
      ])
    }
    try write(values, keys, path: path, hasFile: settings.file != nil)
  }

  private func write(
    _ values: JSONObject, _ keys: [(key: String, value: JSONValue)], path: String?, hasFile: Bool
  ) throws {
    let output = OutputFile.standard
    let texts = values.map { name, value in
      (name: name, value: value["value"]?.stringValue ?? "–", from: value["from"]?.stringValue ?? "")
    }
    let (first, second) = (texts.map(\.name.count).max() ?? 0, texts.map(\.value.count).max() ?? 0)
    for text in texts {
      let name = text.name.padding(toLength: first, withPad: " ", startingAt: 0)
      let value = text.value + String(repeating: " ", count: second - text.value.count)
      try output.line(TerminalText.printable("\(name)  \(value)  \(text.from)"))
    }
    for (name, value) in keys { try output.line("\(name)  \(value.stringValue ?? "")") }
    if let path {
      try output.line("file of settings  \(TerminalText.printable(path))\(hasFile ? "" : "  (not there)")")
    }
  }
}
