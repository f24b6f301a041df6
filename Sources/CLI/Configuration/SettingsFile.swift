// SPDX-License-Identifier: Apache-2.0

import Foundation
import VectorStoreCore

/// The file of settings: a JSON object, its keys the flags without their dashes.
///
/// Only the user's own file or one that was named is read, never one of the current folder: a folder from elsewhere
/// could otherwise choose where texts are sent.
struct SettingsFile {
  /// Where it is.
  let path: String
  /// What it sets.
  let values: [Setting: String]

  /// The file that was named, else the user's, if it is there.
  static func find(named: String?, environment: [String: String]) throws -> SettingsFile? {
    if let path = named ?? Settings.nonEmpty(environment["VECTORSTORE_CONFIG"]) { return try SettingsFile(path: path) }
    guard let path = usualPath(environment), FileManager.default.fileExists(atPath: path) else { return nil }
    return try SettingsFile(path: path)
  }

  /// Where the user's file is looked for.
  static func usualPath(_ environment: [String: String]) -> String? {
    if let folder = Settings.nonEmpty(environment["XDG_CONFIG_HOME"]) { return folder + "/vectorstore/config.json" }
    return Settings.nonEmpty(environment["HOME"]).map { $0 + "/.config/vectorstore/config.json" }
  }

  private init(path: String) throws {
    self.path = path
    do {
      let json = try JSONValue(parsing: FileBytes.read(path), options: .init(duplicateKeys: .reject))
      guard let object = json.objectValue else {
        throw CommandError.usage("\(path): an object was expected, not \(json.kindDescription)")
      }
      var values: [Setting: String] = [:]
      for (key, value) in object {
        guard let setting = Setting(rawValue: key) else {
          let known = Setting.allCases.map(\.name).joined(separator: ", ")
          throw CommandError.usage("\(path): there is no setting '\(key)'; there are \(known)")
        }
        values[setting] = try Self.text(value, of: setting, path: path)
      }
      self.values = values
    } catch let error as FileFault {
      throw CommandError.usage("\(path): \(error)")
    } catch let error as VectorStoreError {
      throw CommandError.usage("\(path): \(error.message)")
    }
  }

  private static func text(_ value: JSONValue, of setting: Setting, path: String) throws -> String {
    switch value {
    case .string(let text): return text
    case .integer(let number): return String(number)
    case .bool(let value): return String(value)
    case .array(let elements) where setting == .fields || setting == .metadataColumns:
      return try elements.map { try text($0, of: setting, path: path) }.joined(separator: ",")
    default: throw CommandError.usage("\(path): '\(setting.name)' cannot be \(value.kindDescription)")
    }
  }
}
