// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Labels that one filter allows, joined by `+`.
struct LabelUnion: ExpressibleByArgument {
  /// The labels.
  let values: [Int32]

  init?(argument: String) {
    var values: [Int32] = []
    for part in argument.split(separator: "+", omittingEmptySubsequences: false) {
      guard let value = Int32(part) else { return nil }
      values.append(value)
    }
    self.values = values
  }
}
