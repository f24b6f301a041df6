// SPDX-License-Identifier: Apache-2.0

/// Whether vectors are the same up to rounding.
func isClose(_ a: [[Float]], _ b: [[Float]]) -> Bool {
  a.count == b.count
    && zip(a, b).allSatisfy { a, b in a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) < 1e-5 } }
}
