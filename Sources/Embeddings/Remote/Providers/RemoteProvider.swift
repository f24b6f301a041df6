// SPDX-License-Identifier: Apache-2.0

/// A service that answers `POST …/embeddings` as OpenAI's does: where it is, how it is paid for, what it takes.
///
/// The presets know what real services take; ``compatible(baseURL:key:name:)`` is for all others. Every value can be changed.
public struct RemoteProvider: Sendable {
  /// How a service knows who asks.
  public enum Authentication: Sendable, Hashable {
    /// Not at all.
    case none
    /// `Authorization: Bearer …`
    case bearer(APIKey)
    /// The key as the value of a header of this name.
    case header(String, APIKey)

    /// The key, if there is one.
    var key: APIKey? {
      switch self {
      case .none: nil
      case .bearer(let key), .header(_, let key): key
      }
    }
  }

  /// Which service it is, for what can be said about its errors.
  enum Kind: Sendable, Hashable {
    case openAI, dashScope, azure, deepSeek, ollama, llamaCpp, vLLM, textEmbeddingsInference, other
  }

  let kind: Kind
  /// The service's name in messages.
  public var name: String
  /// The URL that `/embeddings` is below; one that ends with it is taken as it is. It may have a name and a password,
  /// and a query; both are sent and never shown.
  public var baseURL: String
  /// How the service knows who asks.
  public var authentication: Authentication
  /// What follows `?` in the URL, such as Azure's `api-version`. No secrets.
  public var query: [String: String] = [:]
  /// Headers of each request. Their values are never shown.
  public var headers: [String: String] = [:]
  /// The most texts of a request. A smaller limit is learnt from the service's refusal.
  public var batchSize: Int
  /// The most tokens of a text; nil where it is not known, so that texts go as they are.
  public var maxTokensPerText: Int?
  /// The most tokens of a request.
  public var maxTokensPerRequest: Int?
  /// How the service is asked to write vectors. Answers of both kinds are understood.
  public var encoding: RemoteEmbedder.Encoding
  /// Whether an empty text has a vector.
  public var takesEmptyTexts: Bool
  /// How a user gives a key, such as `set OPENAI_API_KEY`: for the message where one is missing.
  public var keyAdvice: String?

  /// A service that no preset describes.
  ///
  /// Batches have 64 texts at first, vectors are asked for as numbers.
  ///
  /// - Parameter name: the service's name in messages; nil for its host.
  public static func compatible(baseURL: String, key: APIKey? = nil, name: String? = nil) -> RemoteProvider {
    RemoteProvider(.other, name ?? ServerURL(baseURL)?.host ?? "the server", baseURL, key, batchSize: 64)
  }

  init(
    _ kind: Kind, _ name: String, _ baseURL: String, _ key: APIKey?, batchSize: Int, takesEmptyTexts: Bool = true,
    keyVariable: String? = nil
  ) {
    self.kind = kind
    self.name = name
    self.baseURL = baseURL
    authentication = key.map { .bearer($0) } ?? .none
    self.batchSize = batchSize
    encoding = .float
    self.takesEmptyTexts = takesEmptyTexts
    keyAdvice = keyVariable.map { "set \($0)" }
  }
}

extension RemoteProvider: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The name and the URL, without what is secret in it.
  public var description: String {
    guard let shown = ServerURL(baseURL)?.shown else { return name }
    return "\(name) (\(shown))"
  }

  /// As ``description``.
  public var debugDescription: String { description }

  /// What is no secret.
  public var customMirror: Mirror {
    Mirror(self, children: ["name": name, "authentication": authentication, "batchSize": batchSize])
  }
}

extension RemoteProvider {
  /// The base URL as it may be shown.
  var shownBaseURL: String { ServerURL(baseURL)?.shown ?? "…" }
}
