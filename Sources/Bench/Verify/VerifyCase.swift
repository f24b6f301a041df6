// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// A case to run again, as `pairs:123`.
struct VerifyCase: ExpressibleByArgument, Sendable {
  let suite: VerifySuiteName
  let seed: UInt64

  init?(argument: String) {
    let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let suite = VerifySuiteName(rawValue: String(parts[0])), let seed = UInt64(parts[1]) else {
      return nil
    }
    (self.suite, self.seed) = (suite, seed)
  }
}
