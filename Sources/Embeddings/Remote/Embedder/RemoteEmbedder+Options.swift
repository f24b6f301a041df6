// SPDX-License-Identifier: Apache-2.0

extension RemoteEmbedder {
  /// How a service is used.
  public struct Options: Sendable {
    /// The dimensions that the service is asked for; nil for those of the model. Not all models can be asked.
    public var dimensions: Int?
    /// The dimensions that the vectors have, where they are neither asked for nor known by the model's name.
    public var knownDimension: Int?
    /// The most texts of a request; nil for what the provider takes.
    public var batchSize: Int?
    /// How the service is asked to write vectors; nil for what the provider does best.
    public var encoding: Encoding?
    /// The most tokens of a text, by estimate; nil for what the provider or the model takes, `Int.max` for no limit.
    public var maxTokensPerText: Int?
    /// The most tokens of a request, by estimate; nil for what the provider takes.
    public var maxTokensPerRequest: Int?
    /// What becomes of texts beyond the limit.
    public var longText: LongText
    /// Requests in flight at a time, over all calls of the embedder.
    public var concurrency: Int
    /// When a request is sent again.
    public var retry: Retry
    /// How long things may take.
    public var timeouts: Timeouts
    /// More headers for each request. Their values are never shown.
    public var headers: [String: String]
    /// The URL of a proxy; nil for what `https_proxy`, `http_proxy` and `no_proxy` say, empty for none.
    public var proxy: String?
    /// A file of certificates (PEM) to trust in place of the system's.
    public var caFile: String?
    /// Whether vectors are scaled to norm 1. Those that have it, to four digits, are left as they came.
    public var normalizes: Bool
    /// The model's name in ``RemoteEmbedder/space``; nil for the name that the provider knows.
    ///
    /// Stores compare it. Give one where the same model has several names, as Azure's deployments do.
    public var name: String?
    /// What is put before queries.
    public var queryPrompt: String
    /// What is put before passages.
    public var passagePrompt: String

    /// Options with these values.
    public init(
      dimensions: Int? = nil, knownDimension: Int? = nil, batchSize: Int? = nil, encoding: Encoding? = nil,
      maxTokensPerText: Int? = nil, maxTokensPerRequest: Int? = nil, longText: LongText = .split, concurrency: Int = 4,
      retry: Retry = Retry(), timeouts: Timeouts = Timeouts(), headers: [String: String] = [:], proxy: String? = nil,
      caFile: String? = nil, normalizes: Bool = true, name: String? = nil, queryPrompt: String = "",
      passagePrompt: String = ""
    ) {
      self.dimensions = dimensions
      self.knownDimension = knownDimension
      self.batchSize = batchSize
      self.encoding = encoding
      self.maxTokensPerText = maxTokensPerText
      self.maxTokensPerRequest = maxTokensPerRequest
      self.longText = longText
      self.concurrency = concurrency
      self.retry = retry
      self.timeouts = timeouts
      self.headers = headers
      self.proxy = proxy
      self.caFile = caFile
      self.normalizes = normalizes
      self.name = name
      self.queryPrompt = queryPrompt
      self.passagePrompt = passagePrompt
    }
  }
}

extension RemoteEmbedder.Options: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// What is neither a header's value nor a proxy's URL.
  public var description: String {
    let headers = headers.keys.sorted().joined(separator: ", ")
    return "dimensions: \(dimensions.map(String.init) ?? "the model's"), "
      + "batch size: \(batchSize.map(String.init) ?? "the provider's"), concurrency: \(concurrency), "
      + "long texts: \(longText.rawValue), headers: [\(headers)]"
  }

  /// As ``description``.
  public var debugDescription: String { description }

  /// As ``description``.
  public var customMirror: Mirror { Mirror(self, children: ["options": description]) }
}
