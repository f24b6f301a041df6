// SPDX-License-Identifier: Apache-2.0

internal import VectorStoreCore

/// One batch, sent until it is answered or given up.
struct BatchExchange: Sendable {
  let service: EmbeddingService
  let dimension: Int?
  let batch: ArraySlice<TextPiece>

  /// One vector for each piece of the batch.
  ///
  /// - Throws: ``BatchRefusal`` for more than one piece only, `VectorStoreError`, `CancellationError`.
  func vectors() async throws -> [[Float]] {
    let request = try service.endpoint.request(batch.lazy.map(\.text), maxResponseBytes: maxResponseBytes)
    let diagnosis = Diagnosis(endpoint: service.endpoint, batch: batch)
    var plan = RetryPlan(service.options.retry, service.waiting)
    while true {
      try Task.checkCancellation()
      service.countRequest(isRetry: plan.count > 0)
      let fault: ProviderFault
      do {
        let response = try await service.client.send(request)
        if (200..<300).contains(response.status) { return try vectors(response, diagnosis) }
        fault = try diagnosis.fault(response, now: service.waiting.now())
      } catch let failure as TransferFailure {
        fault = diagnosis.fault(failure)
      }
      guard fault.mayRetry else { throw fault.error }
      switch plan.next(fault.delay, limit: fault.retryLimit) {
      case .wait(let delay): try await service.waiting.pause(delay)
      case .giveUp: throw fault.afterRetries(plan.count)
      case .tooLong(let delay): throw fault.asking(toWait: delay)
      }
    }
  }

  private func vectors(_ response: HTTPResponse, _ diagnosis: Diagnosis) throws -> [[Float]] {
    let answer: EmbeddingAnswer
    do {
      var reader = AnswerReader(response.body)
      answer = try reader.read()
    } catch let fault as AnswerFault {
      throw diagnosis.error(fault, response)
    }
    service.countTokens(answer)
    return try AnswerCheck(diagnosis: diagnosis, dimension: dimension).vectors(answer)
  }

  /// Numbers have at most 25 characters and what is between them; where the dimension is not known, it is the largest that
  /// a store takes.
  private var maxResponseBytes: Int { (1 << 20) + batch.count * ((dimension ?? 16_000) * 32 + 1_024) }
}
