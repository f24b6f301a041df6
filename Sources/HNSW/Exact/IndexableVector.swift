// SPDX-License-Identifier: Apache-2.0

/// A kind of vector that an ``ExactIndex`` can hold: `[Float]`, ``HalfVector``, ``SparseVector`` and ``BitVector``.
///
/// The kind names the form in which its vectors stand packed in memory, and that form knows how to compare them. The index
/// knows neither, so a further kind is a type with its ``PackedRows`` and no change to the index.
public protocol IndexableVector: Sendable {
  /// How vectors of this kind are kept and compared.
  associatedtype Rows: PackedRows where Rows.Vector == Self
}
