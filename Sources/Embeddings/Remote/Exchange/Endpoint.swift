// SPDX-License-Identifier: Apache-2.0

internal import VectorStoreCore

/// Where requests go and what they say beside the texts.
struct Endpoint: Sendable {
  /// The service.
  let provider: RemoteProvider
  /// The model, as the service knows it.
  let model: String
  /// The whole URL.
  let url: ServerURL
  /// The headers of each request.
  let headers: [(name: String, value: String)]
  /// The dimensions that are asked for.
  let dimensions: Int?
  /// How vectors are asked for.
  let encoding: RemoteEmbedder.Encoding
  /// Takes secrets out of messages.
  let redactor: Redactor

  init(_ provider: RemoteProvider, model: String, options: RemoteEmbedder.Options) throws {
    guard let base = ServerURL(provider.baseURL) else {
      throw VectorStoreError(
        .invalidArgument,
        "the base URL of \(provider.name) must be like https://host/v1, with http or https and without a fragment",
        context: [.provider: provider.name])
    }
    guard !model.isEmpty else { throw VectorStoreError(.invalidArgument, "the name of the model is empty") }
    let extra = provider.headers.merging(options.headers) { $1 }
    try HeaderRules.check(extra)
    var headers = [("Content-Type", "application/json"), ("Accept", "application/json")]
    if !extra.keys.contains(where: { $0.lowercased() == "user-agent" }) {
      headers.append(("User-Agent", "swift-vector-store"))
    }
    switch provider.authentication {
    case .none: break
    case .bearer(let key): headers.append(("Authorization", "Bearer \(key.value)"))
    case .header(let name, let key):
      try HeaderRules.check([name: key.value])
      headers.append((name, key.value))
    }
    for (name, value) in extra.sorted(by: { $0.key < $1.key }) { headers.append((name, value)) }
    self.provider = provider
    self.model = model
    url = provider.query.sorted { $0.key < $1.key }.reduce(base.appending("embeddings")) { $0.adding($1.key, $1.value) }
    self.headers = headers.map { (name: $0.0, value: $0.1) }
    dimensions = options.dimensions
    encoding = options.encoding ?? provider.encoding
    let proxySecrets = options.proxy.flatMap { ServerURL($0)?.secrets } ?? []
    redactor = Redactor(
      [provider.authentication.key?.value ?? ""] + base.secrets + proxySecrets + Array(extra.values))
  }

  /// A request for the vectors of texts.
  ///
  /// - Parameter maxResponseBytes: the most bytes of a right answer.
  func request(_ texts: some Sequence<String>, maxResponseBytes: Int) throws -> HTTPRequest {
    var body: JSONObject = ["model": .string(model), "input": .array(texts.map { .string($0) })]
    if let dimensions { body["dimensions"] = .integer(Int64(dimensions)) }
    // Numbers are what all services send unasked; some do not know the member.
    if encoding == .base64 { body["encoding_format"] = "base64" }
    let text = try JSONValue.object(body).serialized()
    return HTTPRequest(url: url, headers: headers, body: Array(text.utf8), maxResponseBytes: maxResponseBytes)
  }
}
