// SPDX-License-Identifier: Apache-2.0

/// Which rows an exact search compares.
enum ExactScope: Sendable {
  case all
  /// All, in the order of memory; the labels of those that are near enough must be among the given.
  case screened(Set<UInt64>)
  /// The rows of these numbers, in ascending order.
  case listed([Int])

  /// The part of all rows below which it is cheaper to find the allowed ones than to read all of them.
  private static let listedShare = 3

  init(allow: Set<UInt64>?, rowOfLabel: [UInt64: Int]) {
    guard let allow else {
      self = .all
      return
    }
    if allow.count > rowOfLabel.count / Self.listedShare {
      self = .screened(allow)
    } else {
      self = .listed(allow.compactMap { rowOfLabel[$0] }.sorted())
    }
  }
}
