// SPDX-License-Identifier: Apache-2.0

/// A search result.
public struct Neighbor: Sendable, Hashable {
  public let label: UInt64
  /// The metric's value: see ``Metric``. Never NaN.
  public let distance: Float

  public init(label: UInt64, distance: Float) {
    self.label = label
    self.distance = distance
  }
}

extension Neighbor: Comparable {
  /// Nearer first, then the smaller label.
  public static func < (a: Self, b: Self) -> Bool {
    a.distance != b.distance ? a.distance < b.distance : a.label < b.label
  }
}
