// SPDX-License-Identifier: Apache-2.0

public import VectorStoreCore

/// What goes wrong with a call of a ``FaultInjectingBackend``.
public struct BackendFault: Sendable {
  /// When a call fails.
  public enum Moment: Sendable, Hashable {
    /// Before anything is done.
    case before
    /// After everything is done: the answer, such as the acknowledgement of a write, is lost.
    case after
  }

  /// What is thrown; nil if the call is only late.
  public var error: VectorStoreError?
  /// When it is thrown.
  public var moment: Moment
  /// How long the call waits first.
  public var delay: Duration?

  /// A call that fails.
  public static func fails(
    _ error: VectorStoreError = VectorStoreError(.unavailable, "an injected fault"), _ moment: Moment = .before
  ) -> BackendFault { BackendFault(error: error, moment: moment, delay: nil) }

  /// A call that is late.
  public static func isLate(by delay: Duration) -> BackendFault {
    BackendFault(error: nil, moment: .before, delay: delay)
  }
}
