// SPDX-License-Identifier: Apache-2.0

internal import Synchronization
internal import VectorStoreCore

/// A model of a service, in use.
final class EmbeddingService: Sendable {
  let endpoint: Endpoint
  let options: RemoteEmbedder.Options
  let client: CurlClient
  let waiting: Waiting
  private let planner: TextPlanner
  private let limit: Mutex<Int>
  private let count = Mutex(RemoteEmbedder.Usage())

  init(_ provider: RemoteProvider, model: String, options: RemoteEmbedder.Options, waiting: Waiting) throws {
    try CurlLibrary.prepare()
    try options.check()
    endpoint = try Endpoint(provider, model: model, options: options)
    self.options = options
    self.waiting = waiting
    client = CurlClient(
      TransferSettings(
        proxy: options.proxy, caFile: options.caFile, timeouts: options.timeouts, maxTransfers: options.concurrency))
    let known = [provider.maxTokensPerText, KnownModel.named(model)?.maxTokens].compactMap { $0 }.min()
    planner = TextPlanner(
      provider: provider.name, maxTokens: options.maxTokensPerText ?? known, longText: options.longText,
      takesEmptyTexts: provider.takesEmptyTexts)
    limit = Mutex(max(1, options.batchSize ?? provider.batchSize))
  }

  /// The dimension, as far as it is known without asking.
  var knownDimension: Int? {
    options.dimensions ?? options.knownDimension ?? KnownModel.named(endpoint.model)?.dimension
  }

  /// The dimension of the vector of a short text.
  func probedDimension() async throws -> Int {
    let vectors = try await vectors(of: ["dimension"], prompt: "", dimension: nil)
    return vectors.first?.count ?? 0
  }

  /// One vector for each text.
  ///
  /// - Parameter dimension: that of the vectors; nil for any.
  func vectors(of texts: [String], prompt: String, dimension: Int?) async throws -> [[Float]] {
    guard !texts.isEmpty else { return [] }
    let pieces = try planner.pieces(of: texts, prompt: prompt)
    let queue = BatchQueue(pieces, maxTokens: options.maxTokensPerRequest ?? endpoint.provider.maxTokensPerRequest)
    let vectors = try await EmbeddingRun(service: self, dimension: dimension).vectors(queue)
    return VectorMean(normalizes: options.normalizes).vectors(vectors, of: pieces)
  }

  // MARK: What is learnt and counted

  /// The most texts of a request at present.
  var batchSize: Int { limit.withLock { $0 } }

  /// Remembers that the service takes no more texts than this.
  func learn(batchSize: Int) { limit.withLock { $0 = max(1, min($0, batchSize)) } }

  /// What has been used so far.
  var usage: RemoteEmbedder.Usage { count.withLock { $0 } }

  /// Counts a request.
  func countRequest(isRetry: Bool) {
    count.withLock { count in
      count.requests += 1
      if isRetry { count.retries += 1 }
    }
  }

  /// Counts what an answer says that it cost. Numbers beyond any bill are left out.
  func countTokens(_ answer: EmbeddingAnswer) {
    let sensible = 0...1_000_000_000_000
    count.withLock { count in
      if sensible.contains(answer.promptTokens) { count.promptTokens &+= answer.promptTokens }
      if sensible.contains(answer.totalTokens) { count.totalTokens &+= answer.totalTokens }
    }
  }
}
