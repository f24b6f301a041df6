// SPDX-License-Identifier: Apache-2.0

/// The weights of one layer, ready for use.
struct BertLayer: Sendable {
  /// Queries, keys and values in one product.
  let projection: PackedMatrix
  let attentionOutput: PackedMatrix
  let attentionNorm: LayerNorm
  /// From features to inner features.
  let expansion: PackedMatrix
  /// And back.
  let reduction: PackedMatrix
  let outputNorm: LayerNorm
}
