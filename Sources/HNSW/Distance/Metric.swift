// SPDX-License-Identifier: Apache-2.0

/// How far two vectors are from each other: the operators of pgvector, in its conventions (smaller is nearer).
///
/// The raw values are the names that pgvector's operator classes use.
public enum Metric: String, Sendable, Hashable, CaseIterable, Codable {
  /// `<=>`: 1 − a·b / (‖a‖‖b‖), in 0…2. A vector of norm zero has no cosine distance (NaN).
  case cosine
  /// `<->`: the Euclidean distance √Σ(aᵢ−bᵢ)².
  case l2
  /// `<#>`: the negated inner product −Σaᵢbᵢ.
  case innerProduct = "ip"
  /// `<+>`: the taxicab distance Σ|aᵢ−bᵢ|.
  case l1
  /// `<~>` on bit vectors: the number of differing bits.
  case hamming
  /// `<%>` on bit vectors: 1 − |a∧b| / |a∨b|, and 1 where no bit is set in both.
  case jaccard

  /// Whether the metric compares ``BitVector``s; the others compare vectors of numbers.
  public var isBinary: Bool { self == .hamming || self == .jaccard }
}
