// SPDX-License-Identifier: Apache-2.0

/// One call: batches in flight, put together in their order.
struct EmbeddingRun: Sendable {
  let service: EmbeddingService
  /// The dimension of the vectors; nil for any.
  let dimension: Int?

  /// One vector for each piece.
  func vectors(_ queue: BatchQueue) async throws -> [[Float]] {
    var queue = queue
    var results = Array(repeating: [Float](), count: queue.pieces.count)
    try await withThrowingTaskGroup(of: (Int, [[Float]]).self) { group in
      /// Starts the next batch, of the size that is known by now.
      func start() {
        guard let batch = queue.take(atMost: service.batchSize) else { return }
        group.addTask { (batch.startIndex, try await vectors(of: batch)) }
      }
      for _ in 0..<service.options.concurrency { start() }
      while let (first, vectors) = try await group.next() {
        for (place, vector) in vectors.enumerated() { results[first + place] = vector }
        start()
      }
    }
    return results
  }

  /// The vectors of a batch. Where the service refuses so many at once, those of its parts, one after the other.
  private func vectors(of batch: ArraySlice<TextPiece>) async throws -> [[Float]] {
    let size: Int
    do {
      return try await BatchExchange(service: service, dimension: dimension, batch: batch).vectors()
    } catch let refusal as BatchRefusal {
      switch refusal {
      case .tooManyTexts(let limit):
        size = limit
        service.learn(batchSize: limit)
      case .tooManyTokens: size = batch.count / 2
      }
    }
    var vectors: [[Float]] = []
    var rest = batch
    while !rest.isEmpty {
      // Another batch may have taught a smaller size meanwhile.
      let part = rest.prefix(max(1, min(size, service.batchSize)))
      vectors += try await self.vectors(of: part)
      rest = rest.dropFirst(part.count)
    }
    return vectors
  }
}
