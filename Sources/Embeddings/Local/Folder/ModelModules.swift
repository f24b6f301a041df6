// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

/// The steps of a sentence-transformers model, from `modules.json`.
struct ModelModules {
  /// What the first step is.
  enum Kind {
    case transformer
    case staticEmbedding
  }

  let kind: Kind
  /// The folder of the first step's files, empty for the model's own.
  let path: String
  let pooling: Pooling?
  /// Whether vectors are divided by their norm at the end.
  let normalizes: Bool

  /// Reads `modules.json`. A folder without it is a transformer with mean pooling, as for sentence-transformers.
  init(_ folder: ModelFolder) throws {
    let name = "modules.json"
    guard folder.has(name) else {
      self.init(kind: .transformer, path: "", pooling: .mean, normalizes: false)
      return
    }
    guard let modules = try folder.json(name).arrayValue, !modules.isEmpty else {
      throw ModelError.corrupt(name, "expected an array of modules")
    }
    var first: (kind: Kind, path: String)?
    var pooling: Pooling?
    var normalizes = false
    for value in modules {
      let module = try ConfigurationFile(name: name, value: value)
      let type = try module.string("type")
      let path = try Self.path(module)
      switch (type.split(separator: ".").last.map(String.init) ?? type, first) {
      case ("Transformer", nil): first = (.transformer, path)
      case ("StaticEmbedding", nil): first = (.staticEmbedding, path)
      case ("Pooling", .some) where pooling == nil && !normalizes: pooling = try Self.pooling(folder, path)
      case ("Normalize", .some): normalizes = true
      case (let kind, _):
        throw ModelError.unsupported(
          name,
          "the module \(type) cannot be used here; implemented are Transformer or StaticEmbedding, then Pooling, "
            + "then Normalize"
        ).adding([.key: kind])
      }
    }
    guard let first else { throw ModelError.corrupt(name, "there is no module Transformer or StaticEmbedding") }
    self.init(kind: first.kind, path: first.path, pooling: pooling, normalizes: normalizes)
  }

  private init(kind: Kind, path: String, pooling: Pooling?, normalizes: Bool) {
    self.kind = kind
    self.path = path
    self.pooling = pooling
    self.normalizes = normalizes
  }

  /// The name of a file of the first step, seen from the model's folder.
  func file(_ name: String) -> String { path.isEmpty ? name : path + "/" + name }

  /// The folder of a module, which must lie in the model's.
  private static func path(_ module: ConfigurationFile) throws -> String {
    let path = try module.stringIfPresent("path") ?? ""
    guard !path.hasPrefix("/"), !path.split(separator: "/").contains("..") else {
      throw ModelError.corrupt(module.name, "the module's path \"\(path)\" leads out of the model's folder")
    }
    return path
  }

  private static func pooling(_ folder: ModelFolder, _ path: String) throws -> Pooling {
    let file = try folder.configuration(path.isEmpty ? "config.json" : path + "/config.json")
    if try file.boolIfPresent("include_prompt") == false {
      throw ModelError.unsupported(
        file.name, "include_prompt is false; prompts left out of pooling are not implemented")
    }
    var modes: [String] = []
    for (key, value) in file.object where key.hasPrefix("pooling_mode_") && value.boolValue == true {
      modes.append(key)
    }
    if modes.isEmpty, let mode = try file.stringIfPresent("pooling_mode") { modes = ["pooling_mode_" + mode] }
    switch modes {
    case ["pooling_mode_mean_tokens"], ["pooling_mode_mean"]: return .mean
    case ["pooling_mode_cls_token"], ["pooling_mode_cls"]: return .firstToken
    default:
      throw ModelError.unsupported(
        file.name,
        "the pooling is \(modes.isEmpty ? "none" : modes.joined(separator: " and ")); implemented are "
          + "pooling_mode_mean_tokens and pooling_mode_cls_token, one of them")
    }
  }
}
