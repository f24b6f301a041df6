// SPDX-License-Identifier: Apache-2.0

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif
internal import VectorStoreCore

/// Providers as the environment describes them, by the variables that their own clients read. Each variable of a key may
/// be replaced by one with `_FILE`, which names a file.
///
/// - Note: an `environment` of nil is the process's.
extension RemoteProvider {
  /// OpenAI by `OPENAI_API_KEY`, `OPENAI_BASE_URL`, `OPENAI_ORG_ID` and `OPENAI_PROJECT_ID`.
  ///
  /// - Throws: ``VectorStoreError/Code/invalidArgument`` where there is no key.
  public static func openAI(environment: [String: String]?) throws -> RemoteProvider {
    let variables = Variables(environment)
    var provider = openAI(key: try variables.key("OPENAI_API_KEY", of: "OpenAI"))
    if let url = variables["OPENAI_BASE_URL"] { provider.baseURL = url }
    provider.headers["OpenAI-Organization"] = variables["OPENAI_ORG_ID"]
    provider.headers["OpenAI-Project"] = variables["OPENAI_PROJECT_ID"]
    return provider
  }

  /// DashScope by `DASHSCOPE_API_KEY` and `DASHSCOPE_BASE_URL`.
  ///
  /// - Throws: ``VectorStoreError/Code/invalidArgument`` where there is no key.
  public static func dashScope(environment: [String: String]?) throws -> RemoteProvider {
    let variables = Variables(environment)
    var provider = dashScope(key: try variables.key("DASHSCOPE_API_KEY", of: "DashScope"))
    if let url = variables["DASHSCOPE_BASE_URL"] { provider.baseURL = url }
    return provider
  }

  /// Azure OpenAI by `AZURE_OPENAI_ENDPOINT`, `AZURE_OPENAI_API_VERSION`, and `AZURE_OPENAI_API_KEY` or, where that is
  /// not set, the token in `AZURE_OPENAI_AD_TOKEN`.
  ///
  /// - Throws: ``VectorStoreError/Code/invalidArgument`` where there is no endpoint, or neither key nor token.
  public static func azure(deployment: String, environment: [String: String]?) throws -> RemoteProvider {
    let variables = Variables(environment)
    guard let endpoint = variables["AZURE_OPENAI_ENDPOINT"] else {
      throw VectorStoreError(
        .invalidArgument, "Azure OpenAI needs AZURE_OPENAI_ENDPOINT, such as https://NAME.openai.azure.com")
    }
    let authentication: Authentication
    if let key = try APIKey(variable: "AZURE_OPENAI_API_KEY", environment: variables.values) {
      authentication = .header("api-key", key)
    } else if let token = try APIKey(variable: "AZURE_OPENAI_AD_TOKEN", environment: variables.values) {
      authentication = .bearer(token)
    } else {
      throw VectorStoreError(
        .invalidArgument, "Azure OpenAI needs a key in AZURE_OPENAI_API_KEY or a token in AZURE_OPENAI_AD_TOKEN")
    }
    return try azure(
      endpoint: endpoint, deployment: deployment,
      apiVersion: variables["AZURE_OPENAI_API_VERSION"] ?? azureAPIVersion, authentication: authentication)
  }

  /// Ollama by `OLLAMA_HOST`, which may lack scheme and port as Ollama allows: `192.168.1.5`, `http://box:11434`.
  public static func ollama(environment: [String: String]?) -> RemoteProvider {
    guard let host = Variables(environment)["OLLAMA_HOST"] else { return ollama() }
    return ollama(baseURL: ollamaURL(host))
  }

  private static func ollamaURL(_ host: String) -> String {
    let parts = host.split(separator: "://", maxSplits: 1).map(String.init)
    let hasScheme = parts.count == 2
    var rest = parts.last ?? host
    while rest.hasSuffix("/") { rest.removeLast() }
    guard !rest.contains("/") else { return hasScheme ? host : "http://\(rest)" }
    if rest.hasPrefix(":") { rest = "127.0.0.1" + rest }
    // What a server listens on need not be where it is reached.
    if rest == "0.0.0.0" || rest.hasPrefix("0.0.0.0:") { rest = "127.0.0.1" + rest.dropFirst("0.0.0.0".count) }
    let hostPart = rest.split(separator: "]").last.map(String.init) ?? rest
    let hasPort = rest.hasPrefix("[") ? hostPart.hasPrefix(":") : rest.contains(":")
    if !hasPort, !hasScheme { rest += ":11434" }
    return "\(hasScheme ? parts.first ?? "http" : "http")://\(rest)/v1"
  }

  /// The variables that are set to something.
  private struct Variables {
    let values: [String: String]

    init(_ environment: [String: String]?) { values = environment ?? ProcessInfo.processInfo.environment }

    subscript(name: String) -> String? { values[name].flatMap { $0.isEmpty ? nil : $0 } }

    func key(_ name: String, of provider: String) throws -> APIKey {
      if let key = try APIKey(variable: name, environment: values) { return key }
      throw VectorStoreError(
        .invalidArgument, "\(provider) needs a key: set \(name), or \(name)_FILE to a file that holds it")
    }
  }
}
