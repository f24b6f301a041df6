// SPDX-License-Identifier: Apache-2.0

import Foundation
import RemoteEmbeddings
import VectorStoreCore

/// The embedders over the network.
enum RemoteKinds {
  /// The key of a server that is named by its URL. Keys of other services never go there.
  static let keyVariable = "VECTORSTORE_EMBEDDER_KEY"

  /// All of them, in the order in which people are told of them.
  static let all: [EmbedderKind] = [
    kind(["openai:"], "openai:MODEL", "OpenAI, key in OPENAI_API_KEY") { model, environment in
      (try .openAI(environment: environment), model)
    },
    kind(["dashscope:"], "dashscope:MODEL", "Alibaba Cloud, key in DASHSCOPE_API_KEY") { model, environment in
      (try .dashScope(environment: environment), model)
    },
    kind(
      ["azure:"], "azure:DEPLOYMENT", "Azure OpenAI, by AZURE_OPENAI_ENDPOINT and AZURE_OPENAI_API_KEY"
    ) { model, environment in (try .azure(deployment: model, environment: environment), model) },
    kind(["ollama:"], "ollama:MODEL", "an Ollama server, at OLLAMA_HOST or on this machine") { model, environment in
      (.ollama(environment: environment), model)
    },
    EmbedderKind(
      prefixes: ["http://", "https://"], usage: "http://…#MODEL",
      summary: "any OpenAI-compatible server, key in \(keyVariable)",
      make: { name, _, origin in try await server(name, origin) }),
  ]

  /// A kind whose provider the environment describes.
  private static func kind(
    _ prefixes: [String], _ usage: String, _ summary: String,
    _ provider: @escaping @Sendable (String, [String: String]) throws -> (RemoteProvider, String)
  ) -> EmbedderKind {
    EmbedderKind(prefixes: prefixes, usage: usage, summary: summary) { name, rest, origin in
      let remote = try RemoteName(rest, of: name)
      return try await embedder(remote, origin) { try provider(remote.model, $0) }
    }
  }

  /// The embedder of `http://host/v1#MODEL`.
  private static func server(_ name: String, _ origin: EmbedderOrigin) async throws -> any Embedder {
    // A password may hold "#", so the last one counts.
    guard let mark = name.lastIndex(of: "#") else {
      throw CommandError.usage("'\(Secrets.withoutUser(name))' names no model; write http://host/v1#MODEL")
    }
    let remote = try RemoteName(String(name[name.index(after: mark)...]), of: name)
    return try await embedder(remote, origin) { environment in
      var provider = RemoteProvider.compatible(baseURL: String(name[..<mark]))
      switch origin {
      case .named:
        provider.keyAdvice = "set \(keyVariable)"
        if let key = try APIKey(variable: keyVariable, environment: environment) {
          provider.authentication = .bearer(key)
        }
      case .recorded:
        // A store from elsewhere must not choose who gets the key.
        provider.keyAdvice = "set \(keyVariable) and give --embedder, since a server that a store names gets no key"
      }
      return (provider, remote.model)
    }
  }

  private static func embedder(
    _ remote: RemoteName, _ origin: EmbedderOrigin,
    _ provider: ([String: String]) throws -> (RemoteProvider, String)
  ) async throws -> any Embedder {
    let environment = ProcessInfo.processInfo.environment
    var options = remote.options
    options.caFile = Settings.nonEmpty(environment["SSL_CERT_FILE"])
    // The vectors of the store tell the dimension without a request.
    if case .recorded(let space) = origin, options.dimensions == nil { options.knownDimension = space.dimension }
    do {
      let (provider, model) = try provider(environment)
      return try await RemoteEmbedder.connect(provider, model: model, options: options)
    } catch let error as VectorStoreError where error.code == .invalidArgument {
      throw CommandError.usage(error.message)
    }
  }
}
