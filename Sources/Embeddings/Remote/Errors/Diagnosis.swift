// SPDX-License-Identifier: Apache-2.0

internal import VectorStoreCore

/// Says what went wrong with a batch: the service, the status, its own message, and what to change.
struct Diagnosis: Sendable {
  let endpoint: Endpoint
  /// The pieces that were sent.
  let batch: ArraySlice<TextPiece>

  // MARK: Answers that are no success

  /// What another status than 200 means.
  ///
  /// - Throws: ``BatchRefusal`` where less at a time is to be sent.
  func fault(_ response: HTTPResponse, now: Int) throws -> ProviderFault {
    let message = ProviderMessage(response.body)
    let refusal =
      [400, 413, 422, 500].contains(response.status)
      ? Refusal(status: response.status, message: message.text, count: batch.count) : nil
    if batch.count > 1, response.status != 500 {
      switch refusal {
      // A limit that is not smaller than what was sent teaches nothing.
      case .batchSize(let limit): throw BatchRefusal.tooManyTexts(limit: limit ?? batch.count / 2)
      case .requestTokens: throw BatchRefusal.tooManyTokens
      default: break
      }
    }
    let cures = Cures(endpoint: endpoint)
    let advice = RetryAdvice(response, now: now)
    let text: String
    if (300..<400).contains(response.status) {
      text = cures.redirect(response)
    } else {
      let said = endpoint.redactor.message(message.text)
      let cure =
        refusal.flatMap { cures.cure($0, batch: batch) } ?? cures.cure(status: response.status, code: message.code)
      text = [said.isEmpty ? "" : ": \(said)", cure.map { ". \($0)" } ?? ""].joined()
    }
    let isPassing = advice.mayRetry && !message.code.contains("insufficient_quota") && refusal != .textLength
    var context: [VectorStoreError.ContextKey: String] = ["status": String(response.status)]
    if refusal == .textLength || refusal == .notStrings, batch.count == 1 { context[.row] = row(0) }
    return ProviderFault(
      error: error(
        "answered \(response.status)\(text)", code: isPassing ? .unavailable : .embeddingFailed, context: context),
      mayRetry: isPassing, delay: advice.delay)
  }

  /// What it means that there is no answer.
  func fault(_ failure: TransferFailure) -> ProviderFault {
    let detail = endpoint.redactor.message(failure.detail)
    let cures = Cures(endpoint: endpoint)
    var fault = ProviderFault(error: error("cannot be reached: \(detail)", code: .unavailable, context: [:]))
    switch failure.kind {
    case .unreachable:
      fault.error = error("cannot be reached: \(detail). \(cures.unreachable)", code: .unavailable, context: [:])
      fault.mayRetry = true
      fault.retryLimit = 2
    case .cut:
      fault.error = error("broke the connection off: \(detail)", code: .unavailable, context: [:])
      fault.mayRetry = true
    case .timedOut:
      fault.error = error(
        "did not answer in time: \(detail). A smaller batch size or longer timeouts may help", code: .unavailable,
        context: [:])
      fault.mayRetry = true
    case .insecure:
      fault.error = error(
        "is not trusted: \(detail). For a certificate of your own, name its authority's file (caFile)",
        code: .unavailable)
    case .tooLarge:
      fault.error = error(
        "sent too much: \(detail), more than \(batch.count) vectors have", code: .embeddingFailed, context: [:])
    case .other: break
    }
    return fault
  }

  // MARK: Answers that are wrong

  /// An error of an answer with status 200.
  ///
  /// - Parameter place: of the piece in the batch, where it is about one.
  func error(
    _ message: String, place: Int? = nil, code: VectorStoreError.Code = .embeddingFailed
  ) -> VectorStoreError {
    error(message, code: code, context: place.map { [.row: row($0)] } ?? [:])
  }

  /// A body that is no answer.
  func error(_ fault: AnswerFault, _ response: HTTPResponse) -> VectorStoreError {
    let message = ProviderMessage(response.body.count <= AnswerCollector.errorLimit ? response.body : [])
    let said = endpoint.redactor.message(message.text)
    let base = "base URL \(endpoint.provider.shownBaseURL)"
    switch fault {
    case .noJSON where message.isPage:
      return error(
        "answered with a web page\(said.isEmpty ? "" : " (\(said))") and not with vectors: check the \(base)")
    case .noJSON(let offset):
      return error("answered with what is no JSON from byte \(offset) on: check the \(base)")
    case .noData:
      return error(
        "answered without a list of vectors\(said.isEmpty ? "" : ": \(said)"). The \(base) must be that of an OpenAI-compatible interface, which mostly ends with /v1"
      )
    case .noVector(let item, let kind):
      let cure =
        endpoint.provider.kind == .llamaCpp ? "; start the server with --pooling mean, or what the model wants" : ""
      return error("answered with a vector (the \(item + 1). of the answer) that is \(kind)\(cure)")
    }
  }

  private func row(_ place: Int) -> String { String(batch.dropFirst(place).first?.row ?? 0) }

  private func error(
    _ message: String, code: VectorStoreError.Code, context: [VectorStoreError.ContextKey: String]
  ) -> VectorStoreError {
    VectorStoreError(
      code, "\(endpoint.provider.name) \(message)",
      context: context.merging([.provider: endpoint.provider.name, "url": endpoint.url.shown]) { old, _ in old })
  }
}
