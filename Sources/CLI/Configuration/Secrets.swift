// SPDX-License-Identifier: Apache-2.0

import Foundation
import VectorStoreCore

/// Values as they may be shown.
enum Secrets {
  /// The environment's variables that hold keys: of embedding providers, and of the HTTP service. Only whether they are set is ever shown.
  static let variables = [
    "OPENAI_API_KEY", "DASHSCOPE_API_KEY", "AZURE_OPENAI_API_KEY", "AZURE_OPENAI_AD_TOKEN", RemoteKinds.keyVariable,
    serverKey,
  ]

  /// The variable that holds the key of the HTTP service.
  static let serverKey = "VECTORSTORE_SERVER_KEY"

  /// Whether a variable of a key is set, or the one that names a file with it.
  static func isSet(_ variable: String, _ environment: [String: String]) -> Bool {
    Settings.nonEmpty(environment[variable]) != nil || Settings.nonEmpty(environment[variable + "_FILE"]) != nil
  }

  /// A setting's value without passwords.
  static func shown(_ setting: ResolvedSetting) -> String {
    switch setting.setting {
    case .store: StoreText.isPairs(setting.value) ? "…" : (try? StoreURL(setting.value).description) ?? "…"
    case .embedder: withoutUser(setting.value)
    default: setting.value
    }
  }

  /// A URL without the name and password before its host, and without its query.
  static func withoutUser(_ text: String) -> String {
    guard let scheme = text.range(of: "://") else { return text }
    let fragment = text.lastIndex(of: "#").map { text[$0...] } ?? ""
    let rest = text[scheme.upperBound...].dropLast(fragment.count).prefix { $0 != "?" }
    // A password may hold "/", so the last "@" counts.
    let host = rest.lastIndex(of: "@").map { rest[rest.index(after: $0)...] } ?? rest
    return String(text[..<scheme.upperBound] + host + fragment)
  }
}
