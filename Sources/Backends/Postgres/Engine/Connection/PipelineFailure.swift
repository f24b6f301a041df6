// SPDX-License-Identifier: Apache-2.0

package import VectorStoreCore

/// The first error of a pipeline.
struct PipelineFailure: Error {
  /// The number of its statement, from 0.
  let place: Int
  let error: VectorStoreError
  /// Whether a statement was sent by a name that was prepared before.
  let hadPrepared: Bool

  /// The error for the caller, who knows the number of his statement only if there were several.
  func named(among count: Int) -> VectorStoreError {
    count > 1 ? error.adding([.statement: String(place)]) : error
  }
}

extension VectorStoreError.ContextKey {
  /// The number of a statement within a pipeline, from 0.
  package static let statement: VectorStoreError.ContextKey = "statement"
}

extension Drive.Interruption {
  /// What the caller is told.
  func error(_ patience: Patience) -> any Error {
    switch self {
    case .cancelled: return CancellationError()
    case .timedOut:
      let limit = patience.limit.map { "\($0)" } ?? "its limit"
      return VectorStoreError(
        .unavailable, "the statement was cancelled: it took longer than the statement timeout of \(limit)")
    }
  }
}
