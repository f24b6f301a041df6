// SPDX-License-Identifier: Apache-2.0

/// What was read of a source.
struct SourceRows: Sendable {
  let vectors: Matrix<Float>
  /// What the source knows its rows by; `nil` where that is their number.
  let ids: [String]?
}
