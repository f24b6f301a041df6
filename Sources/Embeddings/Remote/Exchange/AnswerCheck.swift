// SPDX-License-Identifier: Apache-2.0

internal import VectorStoreCore

/// Puts an answer in order, and makes sure that it is one.
struct AnswerCheck {
  let diagnosis: Diagnosis
  /// The dimension of the vectors; nil for any that all have.
  let dimension: Int?

  /// One vector for each piece of the batch.
  func vectors(_ answer: EmbeddingAnswer) throws -> [[Float]] {
    let count = diagnosis.batch.count
    guard answer.items.count == count else {
      throw diagnosis.error("answered with \(answer.items.count) vectors for \(count) texts")
    }
    var items = Array(repeating: EmbeddingAnswer.Item?.none, count: count)
    // A service that numbers nothing keeps the order.
    let isNumbered = answer.items.contains { $0.index != nil }
    for (place, item) in answer.items.enumerated() {
      guard let index = isNumbered ? item.index : place else {
        throw diagnosis.error("answered with a vector without an index among others that have one")
      }
      guard items.indices.contains(index) else {
        throw diagnosis.error("answered with the index \(index), which none of the \(count) texts has")
      }
      guard items[index] == nil else { throw diagnosis.error("answered with the index \(index) twice") }
      items[index] = item
    }
    let expected = dimension ?? items.first??.vector?.count
    return try items.enumerated().map { place, item in try vector(item, place, expected) }
  }

  private func vector(_ item: EmbeddingAnswer.Item?, _ place: Int, _ expected: Int?) throws -> [Float] {
    guard let item, let vector = item.vector, item.isFinite else {
      throw diagnosis.error("answered with a vector that is null or holds a null, a NaN or an infinity", place: place)
    }
    guard !vector.isEmpty else { throw diagnosis.error("answered with an empty vector", place: place) }
    guard vector.count == expected else {
      throw diagnosis.error(
        "answered with \(vector.count) dimensions in place of \(expected ?? 0): \(dimensionCure(vector.count))",
        place: place, code: .dimensionMismatch)
    }
    return vector
  }

  private func dimensionCure(_ count: Int) -> String {
    if diagnosis.endpoint.dimensions != nil {
      return "the model does not follow the dimensions that were asked for; leave them out, or use a model that does"
    }
    return
      "the name stands for another model there; say that vectors have \(count) dimensions (knownDimension), or ask for others"
  }
}
