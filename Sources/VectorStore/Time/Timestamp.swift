// SPDX-License-Identifier: Apache-2.0

/// A moment, in microseconds since 1970-01-01T00:00:00Z: what PostgreSQL's `timestamptz` holds.
///
/// Written and read as ISO 8601 by a parser of its own, the same on every platform.
public struct Timestamp: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Microseconds since 1970-01-01T00:00:00Z, negative before.
  public let microseconds: Int64

  /// The moment this many microseconds after 1970-01-01T00:00:00Z.
  public init(microseconds: Int64) { self.microseconds = microseconds }

  /// The moment that an ISO 8601 text names; nil for text that is no date.
  ///
  /// Accepted: `YYYY-MM-DD`, alone (then 00:00) or followed by `T`, `t` or one space and `HH:MM`, `HH:MM:SS` or
  /// `HH:MM:SS` with a fraction after `.` or
  /// `,`; then nothing, `Z`, `z`, or an offset `±HH`, `±HHMM` or `±HH:MM` below 16 hours. Without a zone the time is
  /// UTC. Digits of the fraction beyond
  /// microseconds are cut off. Years are 0001…9999 of the Gregorian calendar; second 60 is second 0 of the next minute.
  /// No space around, no
  /// week dates, no ordinal dates, no `24:00`.
  public init?(iso8601 text: String) {
    var reader = ISO8601Reader(Array(text.utf8))
    guard let microseconds = reader.read() else { return nil }
    self.microseconds = microseconds
  }

  /// Whether the first is earlier.
  public static func < (a: Timestamp, b: Timestamp) -> Bool { a.microseconds < b.microseconds }

  /// `YYYY-MM-DDTHH:MM:SSZ`, with a fraction of 3 or 6 digits where there is one. Years outside of 0001…9999 have a
  /// sign and are not read back.
  public var description: String {
    let perDay: Int64 = 86_400_000_000
    var day = microseconds / perDay
    var rest = microseconds % perDay
    if rest < 0 {
      rest += perDay
      day -= 1
    }
    let date = CivilDate(daysSince1970: day)
    let seconds = rest / 1_000_000
    let fraction = rest % 1_000_000
    var text =
      (1...9999).contains(date.year)
      ? Self.pad(date.year, 4) : (date.year < 0 ? "-" : "+") + Self.pad(abs(date.year), 4)
    text += "-\(Self.pad(date.month, 2))-\(Self.pad(date.day, 2))"
    text += "T\(Self.pad(seconds / 3600, 2)):\(Self.pad(seconds / 60 % 60, 2)):\(Self.pad(seconds % 60, 2))"
    if fraction % 1000 != 0 {
      text += ".\(Self.pad(fraction, 6))"
    } else if fraction != 0 {
      text += ".\(Self.pad(fraction / 1000, 3))"
    }
    return text + "Z"
  }

  private static func pad(_ value: Int64, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
