// SPDX-License-Identifier: Apache-2.0

/// What to change so that an error goes away.
struct Cures {
  let endpoint: Endpoint

  private var provider: RemoteProvider { endpoint.provider }

  /// For a refusal that the message tells; nil where the status says more.
  func cure(_ refusal: Refusal, batch: ArraySlice<TextPiece>) -> String? {
    switch refusal {
    case .notStrings:
      return "The service takes strings only. Strings were sent, never token ids, so something on the way changes the "
        + "request: check the base URL \(provider.shownBaseURL). (In LangChain it is check_embedding_ctx_length=False)"
    case .batchSize: return "Give a smaller batch size"
    case .requestTokens: return "Give a smaller limit of tokens a request (maxTokensPerRequest)"
    case .textLength:
      let longest = batch.max { $0.tokens < $1.tokens }
      let row = longest.map { "; the longest is row \($0.row), with some \($0.tokens) tokens (estimated)" } ?? ""
      return
        "Cut texts into smaller chunks, or give the model's limit (maxTokensPerText) so that long ones are split\(row)"
    case .dimensions:
      return endpoint.dimensions.map { "Leave out the dimensions, \($0), or give some that the model has" }
    case .encoding: return endpoint.encoding == .base64 ? "Ask for numbers in place of base64 (encoding float)" : nil
    }
  }

  /// For a status.
  ///
  /// - Parameter code: the service's own code of the error.
  func cure(status: Int, code: String) -> String? {
    switch status {
    case 401, 403:
      if let key = provider.authentication.key { return "Check the key: it is from \(key.source)" }
      return "It wants a key" + (provider.keyAdvice.map { ": \($0)" } ?? "")
    case 404, 405: return missing
    case 429 where code.contains("insufficient_quota"):
      return "The account's quota is used up: check its plan and billing"
    case 429: return "Fewer requests at a time (concurrency) or a smaller batch size may help"
    default: return nil
    }
  }

  private var missing: String {
    switch provider.kind {
    case .ollama: "Is the model there? ollama pull \(endpoint.redactor.message(endpoint.model))"
    case .azure:
      "Check the deployment '\(endpoint.model)', the endpoint \(endpoint.url.shown) and the version of the interface"
    default: "Check the model '\(endpoint.model)' and the base URL \(provider.shownBaseURL)"
    }
  }

  /// Where no connection can be made.
  var unreachable: String {
    switch provider.kind {
    case .ollama: "Is it running? ollama serve"
    default: "Check the base URL \(provider.shownBaseURL), and the proxy if there is one"
    }
  }

  /// For an answer that points elsewhere.
  func redirect(_ response: HTTPResponse) -> String {
    guard let target = response.redirectURL.flatMap({ ServerURL($0) }) else {
      return ", a redirect to nowhere: check the base URL \(provider.shownBaseURL)"
    }
    return
      ", a redirect to \(endpoint.redactor.message(target.shown)). Redirects are not followed, so that key and texts go nowhere else; "
      + "if that is right, give it as the base URL"
  }
}
