// SPDX-License-Identifier: Apache-2.0

/// What a socket is to be ready for.
struct Interest: OptionSet, Sendable {
  let rawValue: UInt8

  static let read = Interest(rawValue: 1)
  static let write = Interest(rawValue: 2)
}
