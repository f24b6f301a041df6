// SPDX-License-Identifier: Apache-2.0

public import VectorStoreCore

/// Vectors from a service that speaks OpenAI's `/v1/embeddings`.
///
/// ```swift
/// let provider = try RemoteProvider.openAI(environment: nil)  // the key is in OPENAI_API_KEY
/// let embedder = try await RemoteEmbedder.connect(provider, model: "text-embedding-3-small")
/// let vectors = try await embedder.embed(passages: ["The cat sits on the mat.", "Stock prices fell sharply today."])
/// ```
///
/// Texts are sent as strings, never as token ids, in batches that the provider takes, several at a time. Answers are put in
/// order by their `index` and checked: one vector for each text, of the right dimension, of finite numbers. What fails for
/// the moment is sent again, see ``Retry``. A cancelled task ends its transfers.
///
/// Transfers run on one thread of the embedder's own, which ends with it.
public final class RemoteEmbedder: Embedder {
  /// The space of the vectors: cosine; the model's name or ``Options/name``.
  public let space: EmbeddingSpace
  /// The service.
  public let provider: RemoteProvider
  /// The model, as the service knows it.
  public let model: String
  private let service: EmbeddingService

  /// An embedder of a model whose dimension is asked for, given or known by the model's name. No request is sent.
  ///
  /// - Throws: ``VectorStoreError/Code/invalidArgument`` for options out of range, a URL that is none, and where the
  ///   dimension is not known: ``connect(_:model:options:)`` asks for it.
  public convenience init(_ provider: RemoteProvider, model: String, options: Options = Options()) throws {
    try self.init(provider, model: model, options: options, waiting: .system)
  }

  /// As ``init(_:model:options:)``, with waits and chances that a test decides.
  package convenience init(
    _ provider: RemoteProvider, model: String, options: Options, waiting: Waiting
  ) throws {
    let service = try EmbeddingService(provider, model: model, options: options, waiting: waiting)
    guard let dimension = service.knownDimension else {
      throw VectorStoreError(
        .invalidArgument,
        "the dimension of '\(model)' is not known: use RemoteEmbedder.connect, which asks the provider, or give knownDimension",
        context: [.provider: provider.name])
    }
    self.init(service, dimension: dimension)
  }

  /// An embedder of any model. Where the dimension is neither asked for, given nor known by the model's name, one short
  /// text is embedded to learn it.
  ///
  /// - Throws: ``VectorStoreError/Code/invalidArgument`` for options out of range and a URL that is none; what
  ///   ``embed(passages:)`` throws.
  public static func connect(
    _ provider: RemoteProvider, model: String, options: Options = Options()
  ) async throws -> RemoteEmbedder {
    let service = try EmbeddingService(provider, model: model, options: options, waiting: .system)
    if let dimension = service.knownDimension { return RemoteEmbedder(service, dimension: dimension) }
    return RemoteEmbedder(service, dimension: try await service.probedDimension())
  }

  private init(_ service: EmbeddingService, dimension: Int) {
    self.service = service
    provider = service.endpoint.provider
    model = service.endpoint.model
    let options = service.options
    space = EmbeddingSpace(
      model: options.name ?? model, dimension: dimension, isNormalized: options.normalizes,
      queryPrompt: options.queryPrompt, passagePrompt: options.passagePrompt)
  }

  /// The vectors of passages, with the passage prompt before each.
  ///
  /// - Throws: ``VectorStoreError/Code/embeddingFailed`` for what the service refuses and for a wrong answer, with the row
  ///   in the context where it is known; ``VectorStoreError/Code/dimensionMismatch`` for vectors of another dimension;
  ///   ``VectorStoreError/Code/unavailable`` for a service that cannot be reached, fails or asks to wait;
  ///   `CancellationError`.
  public func embed(passages texts: [String]) async throws -> [[Float]] {
    try await service.vectors(of: texts, prompt: space.passagePrompt, dimension: space.dimension)
  }

  /// The vectors of queries, with the query prompt before each.
  ///
  /// - Throws: as ``embed(passages:)``.
  public func embed(queries texts: [String]) async throws -> [[Float]] {
    try await service.vectors(of: texts, prompt: space.queryPrompt, dimension: space.dimension)
  }

  /// What has been used so far.
  public var usage: Usage { service.usage }

  /// The most texts of a request at present: what was given, or less where the service has refused so many.
  public var batchSize: Int { service.batchSize }
}

extension RemoteEmbedder: CustomStringConvertible, CustomReflectable {
  /// The model and the service.
  public var description: String { "\(model) of \(provider)" }

  /// What is no secret.
  public var customMirror: Mirror { Mirror(self, children: ["model": model, "provider": provider, "space": space]) }
}
