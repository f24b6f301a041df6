// SPDX-License-Identifier: Apache-2.0

/// What an import did.
public struct ImportReport: Sendable, Hashable {
  /// Documents that the store did not have.
  public var added = 0
  /// Documents that were replaced.
  public var updated = 0

  /// Nothing done yet.
  public init() {}
}
