// SPDX-License-Identifier: Apache-2.0

/// The slots whose document's metadata has changed, in the order of the changes: what columns and bitmaps have to look at
/// again. A value; positions in it are absolute.
struct TouchedSlots: Sendable {
  private var slots: [UInt32] = []
  /// How many entries were dropped from the front.
  private var dropped = 0
  /// Beyond this the older half is dropped, and who needs it starts over.
  private static let limit = 65_536

  /// The position after the last entry.
  var end: Int { dropped + slots.count }

  mutating func append(_ slot: Int) {
    slots.append(UInt32(truncatingIfNeeded: slot))
    guard slots.count > Self.limit else { return }
    slots.removeFirst(Self.limit / 2)
    dropped += Self.limit / 2
  }

  /// The slots from a position on; nil where they are no longer known.
  func since(_ position: Int) -> ArraySlice<UInt32>? {
    guard position >= dropped, position <= end else { return nil }
    return slots[(position - dropped)...]
  }
}
