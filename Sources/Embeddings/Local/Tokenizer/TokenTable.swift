// SPDX-License-Identifier: Apache-2.0

/// Finds tokens by their bytes: a hash table with open addressing over one run of bytes.
///
/// The hash of a text is computed byte by byte, so the hashes of all beginnings of a word cost one pass over it.
struct TokenTable: Sendable {
  private var bytes: [UInt8] = []
  /// Where each token begins in ``bytes``; one more at the end.
  private var offsets: [Int] = [0]
  private var ids: [Int32] = []
  /// A token's place plus one, 0 where the slot is free; a power of two of slots.
  private var slots: [UInt32]
  /// Bytes of the longest token.
  private(set) var longest = 0

  /// An empty table for about `count` tokens.
  init(capacity count: Int) {
    var size = 16
    while size < count * 2 { size *= 2 }
    slots = [UInt32](repeating: 0, count: size)
    ids.reserveCapacity(count)
    offsets.reserveCapacity(count + 1)
  }

  /// The hash of no bytes.
  static let emptyHash: UInt64 = 0xCBF2_9CE4_8422_2325

  /// The hash of a text and one more byte (FNV-1a).
  @inline(__always)
  static func hash(_ hash: UInt64, _ byte: UInt8) -> UInt64 { (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }

  /// Adds a token; of equal ones the last counts.
  mutating func insert(_ token: some Collection<UInt8>, id: Int32) {
    if (ids.count + 1) * 2 > slots.count { grow() }
    let hash = token.reduce(Self.emptyHash, Self.hash)
    var slot = Self.slot(hash, slots.count)
    while slots[slot] != 0 {
      let place = Int(slots[slot]) - 1
      if bytes[offsets[place]..<offsets[place + 1]].elementsEqual(token) {
        ids[place] = id
        return
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    bytes.append(contentsOf: token)
    offsets.append(bytes.count)
    ids.append(id)
    slots[slot] = UInt32(truncatingIfNeeded: ids.count)
    longest = max(longest, token.count)
  }

  /// The id of a token whose hash is known; nil if there is none.
  @inline(__always)
  func id(_ token: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Int32? {
    var slot = Self.slot(hash, slots.count)
    while slots[slot] != 0 {
      let place = Int(slots[slot]) - 1
      let start = offsets[place]
      if offsets[place + 1] - start == token.count {
        var index = 0
        while index < token.count, bytes[start + index] == token[index] { index += 1 }
        if index == token.count { return ids[place] }
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// The id of a token; nil if there is none.
  func id(_ token: some Collection<UInt8>) -> Int32? {
    let hash = token.reduce(Self.emptyHash, Self.hash)
    return Array(token).withUnsafeBufferPointer { id($0, hash: hash) }
  }

  @inline(__always)
  private static func slot(_ hash: UInt64, _ size: Int) -> Int {
    Int(truncatingIfNeeded: (hash ^ hash >> 29) &* 0x9E37_79B9_7F4A_7C15 >> 32) & (size &- 1)
  }

  private mutating func grow() {
    var larger = TokenTable(capacity: slots.count)
    for place in ids.indices { larger.insert(bytes[offsets[place]..<offsets[place + 1]], id: ids[place]) }
    self = larger
  }
}
