// SPDX-License-Identifier: Apache-2.0

/// What has to be the same for the figures of two engines to be compared.
package struct DatasetShape: Hashable, Sendable {
  package let n: Int
  package let dim: Int
  package let metric: String
  package let queries: Int?
  package let k: Int?

  /// For a message: `30,000 × 384, cosine, recall@10`.
  package var text: String {
    "\(NumberText.grouped(n)) × \(dim), \(metric)" + (k.map { ", recall@\($0)" } ?? "")
  }
}
