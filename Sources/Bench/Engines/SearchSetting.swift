// SPDX-License-Identifier: Apache-2.0

/// How widely an index is searched.
struct SearchSetting: Sendable, Hashable {
  /// efSearch of a graph, the probes of lists; 0 for exact search.
  let ef: Int
  /// pgvector's iterative scan.
  var iterative: IterativeScan = .off
}
