// SPDX-License-Identifier: Apache-2.0

/// What is published of an index: everything a search needs to see one change number.
struct Moment: Sendable {
  let generation: Generation
  let change: UInt64
  let slotCount: Int
  let liveCount: Int
}
