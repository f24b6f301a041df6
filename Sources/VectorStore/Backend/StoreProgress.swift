// SPDX-License-Identifier: Apache-2.0

/// How far a long call has come.
public struct StoreProgress: Sendable, Hashable {
  /// What is being done.
  public enum Phase: String, Sendable, Hashable {
    case embedding, writing, indexing, reading, checking
  }

  /// Called now and then, from one thread at a time, by the call that it was given to.
  public typealias Handler = @Sendable (StoreProgress) -> Void

  /// What is being done.
  public var phase: Phase
  /// Documents done.
  public var done: Int
  /// Documents in all; nil where that is not known.
  public var total: Int?

  /// A progress of these values.
  public init(phase: Phase, done: Int, total: Int?) {
    self.phase = phase
    self.done = done
    self.total = total
  }
}
