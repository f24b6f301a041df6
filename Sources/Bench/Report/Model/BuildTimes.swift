// SPDX-License-Identifier: Apache-2.0

/// How long building an index took, each time, in seconds.
package struct BuildTimes: Codable, Equatable, Sendable {
  package let threads: Int
  package var seconds: [Double]

  package init(threads: Int, seconds: [Double]) {
    self.threads = threads
    self.seconds = seconds
  }

  /// The median with its spread.
  package var spread: Spread? { Spread(seconds) }
}
