// SPDX-License-Identifier: Apache-2.0

/// The generated tables of Unicode, ready for look-up.
final class UnicodeTable: Sendable {
  /// The only one; it is made when it is first used, in less than a millisecond.
  static let shared = UnicodeTable()

  /// Flags of the scalars below U+10000.
  private let basic: [ScalarFlags]
  /// The first scalars of runs of equal flags, from U+0000 on.
  private let runStarts: [UInt32]
  private let runFlags: [ScalarFlags]
  private let strips: ScalarMapping
  private let lowers: ScalarMapping

  private init() {
    var starts: [UInt32] = []
    var flags: [ScalarFlags] = []
    var basic: [ScalarFlags] = []
    basic.reserveCapacity(0x10000)
    var reader = DigitReader(UnicodeTables.runs)
    var start = 0
    while let length = reader.next(), let bits = reader.next() {
      let run = ScalarFlags(rawValue: UInt8(truncatingIfNeeded: bits))
      starts.append(UInt32(truncatingIfNeeded: start))
      flags.append(run)
      basic.append(contentsOf: repeatElement(run, count: max(0, min(length, 0x10000 - start))))
      start += length
    }
    strips = ScalarMapping(UnicodeTables.strips)
    lowers = ScalarMapping(UnicodeTables.lowers)
    for scalar in strips.keys + lowers.keys where Int(scalar) < basic.count {
      basic[Int(scalar)].insert(.mapped)
    }
    self.basic = basic
    runStarts = starts
    runFlags = flags
  }

  /// What is done with `scalar`.
  @inline(__always)
  func flags(_ scalar: UInt32) -> ScalarFlags {
    Int(scalar) < basic.count ? basic[Int(scalar)] : supplementaryFlags(scalar)
  }

  /// The scalars that accents' removal makes of `scalar`; nil where it stays as it is.
  func stripped(_ scalar: UInt32) -> ArraySlice<UInt32>? {
    Hangul.decomposition(scalar) ?? strips[scalar]
  }

  /// The scalars that lower-casing makes of `scalar`; nil where it stays as it is.
  func lowered(_ scalar: UInt32) -> ArraySlice<UInt32>? { lowers[scalar] }

  /// Whether `scalar` is one of the syllables that are decomposed by arithmetic.
  @inline(__always)
  static func isHangulSyllable(_ scalar: UInt32) -> Bool { scalar >= Hangul.first && scalar <= Hangul.last }

  private func supplementaryFlags(_ scalar: UInt32) -> ScalarFlags {
    var low = 0
    var high = runStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if runStarts[middle] <= scalar { low = middle } else { high = middle }
    }
    guard low < runFlags.count else { return [] }
    // Few scalars up there are mapped; the look-up tells which.
    return runFlags[low].union(.mapped)
  }

  /// The decomposition of Korean syllables (The Unicode Standard, 3.12).
  private enum Hangul {
    static let first: UInt32 = 0xAC00
    static let last: UInt32 = 0xD7A3

    static func decomposition(_ scalar: UInt32) -> ArraySlice<UInt32>? {
      guard scalar >= first, scalar <= last else { return nil }
      let index = scalar - first
      let parts = [0x1100 + index / 588, 0x1161 + index % 588 / 28]
      return index % 28 == 0 ? parts[...] : (parts + [0x11A7 + index % 28])[...]
    }
  }
}
