// SPDX-License-Identifier: Apache-2.0

/// The slots that one search has met: a bit each, so that the marks of a million vectors stay in the second-level cache.
final class VisitedSet {
  private var words: UnsafeMutablePointer<UInt64>
  private var wordCount: Int
  /// Words that are not zero, so that clearing costs what was visited.
  private var touched: UnsafeMutablePointer<UInt32>
  private var touchedCount = 0

  init() {
    wordCount = 16
    words = .allocate(capacity: wordCount)
    words.initialize(repeating: 0, count: wordCount)
    touched = .allocate(capacity: wordCount)
  }

  deinit {
    words.deallocate()
    touched.deallocate()
  }

  /// Empties the set and makes room for slots below `limit`.
  func reset(limit: Int) {
    let needed = (limit &+ 63) / 64
    if needed > wordCount {
      words.deallocate()
      touched.deallocate()
      wordCount = needed + needed / 2
      words = .allocate(capacity: wordCount)
      words.initialize(repeating: 0, count: wordCount)
      touched = .allocate(capacity: wordCount)
    } else {
      for index in 0..<touchedCount { words[Int(touched[index])] = 0 }
    }
    touchedCount = 0
  }

  /// Adds a slot below the limit; true if it was not there.
  @inline(__always)
  func insert(_ slot: UInt32) -> Bool {
    let index = Int(slot &>> 6)
    let bit: UInt64 = 1 &<< UInt64(slot & 63)
    let word = words[index]
    if word & bit != 0 { return false }
    if word == 0 {
      touched[touchedCount] = UInt32(truncatingIfNeeded: index)
      touchedCount &+= 1
    }
    words[index] = word | bit
    return true
  }

  @inline(__always)
  func contains(_ slot: UInt32) -> Bool { words[Int(slot &>> 6)] & (1 &<< UInt64(slot & 63)) != 0 }
}
