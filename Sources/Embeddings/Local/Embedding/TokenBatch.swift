// SPDX-License-Identifier: Apache-2.0

/// Token sequences that are computed together, one behind the other without padding.
struct TokenBatch {
  /// The ids of all sequences. Every id was checked against the model's vocabulary.
  private(set) var ids: [Int32] = []
  /// Where each sequence is in ``ids``.
  private(set) var sequences: [Range<Int>] = []
  /// Tokens of the longest sequence.
  private(set) var longest = 0

  var tokenCount: Int { ids.count }

  mutating func append(_ sequence: some Collection<Int32>) {
    let start = ids.count
    ids.append(contentsOf: sequence)
    sequences.append(start..<ids.count)
    longest = max(longest, ids.count - start)
  }
}
