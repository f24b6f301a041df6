// SPDX-License-Identifier: Apache-2.0

/// What makes vectors of token ids.
protocol SentenceModel: Sendable {
  /// Numbers in a vector.
  var dimension: Int { get }
  /// Tokens of the longest sequence, special ones included.
  var window: Int { get }
  /// Writes a vector for each sequence, ``dimension`` numbers each, one after another.
  ///
  /// Blocks for the time of the computation. May be called from several threads, each with its own scratch memory.
  func encode(_ batch: TokenBatch, scratch: Scratch, into rows: UnsafeMutablePointer<Float>)
}
