// SPDX-License-Identifier: Apache-2.0

/// A truth value of Kleene's three-valued logic, which SQL's is too: what is not known stays so under `not`.
public enum TruthValue: Sendable, Hashable, CaseIterable {
  case `false`, unknown, `true`

  /// True for true, false for false.
  public init(_ value: Bool) { self = value ? .true : .false }

  /// The opposite; unknown stays unknown.
  public static prefix func ! (value: TruthValue) -> TruthValue {
    switch value {
    case .false: .true
    case .unknown: .unknown
    case .true: .false
    }
  }

  /// The lesser of both: false if one is false, else unknown if one is unknown.
  public static func && (a: TruthValue, b: TruthValue) -> TruthValue {
    if a == .false || b == .false { return .false }
    return a == .unknown || b == .unknown ? .unknown : .true
  }

  /// The greater of both: true if one is true, else unknown if one is unknown.
  public static func || (a: TruthValue, b: TruthValue) -> TruthValue { !(!a && !b) }
}
