// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The settings of a run: a flag counts before the environment, that before the file, that before the default.
struct Settings {
  /// What flags set.
  private let flags: [Setting: String]
  private let environment: [String: String]
  /// The file of settings, if there is one.
  let file: SettingsFile?

  /// The settings of these flags and this process's environment.
  init(flags: [Setting: String] = [:], configPath: String?) throws {
    self.flags = flags
    environment = ProcessInfo.processInfo.environment
    file = try SettingsFile.find(named: configPath, environment: environment)
  }

  /// A setting's value; nil where nothing sets it and it has no default. An empty variable sets nothing.
  subscript(setting: Setting) -> ResolvedSetting? {
    if let value = flags[setting] {
      return ResolvedSetting(setting: setting, value: value, origin: .flag(setting.name))
    }
    if let value = Self.nonEmpty(environment[setting.variable]) {
      return ResolvedSetting(setting: setting, value: value, origin: .environment(setting.variable))
    }
    if let file, let value = file.values[setting] {
      return ResolvedSetting(setting: setting, value: value, origin: .file(file.path))
    }
    return setting.defaultValue.map { ResolvedSetting(setting: setting, value: $0, origin: .builtIn) }
  }

  /// The store's URL.
  func store() throws -> String {
    if let store = self[.store] { return store.value }
    throw CommandError.usage(
      "which store? Give --store URL (sqlite:PATH, a bare path, memory:, postgresql://…), set \(Setting.store.variable), or put \"store\" into the file of settings (vectorstore config show)"
    )
  }

  static func nonEmpty(_ text: String?) -> String? { text.flatMap { $0.isEmpty ? nil : $0 } }
}
