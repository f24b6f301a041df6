// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import VectorStoreCore
import VectorStoreTesting

@Suite struct TimestampTests {
  @Test(arguments: [
    ("1970-01-01", Int64(0)), ("2024-02-29", 1_709_164_800_000_000), ("2024-02-29T12:00", 1_709_208_000_000_000),
    ("2024-02-29 12:00:00", 1_709_208_000_000_000), ("2024-02-29t12:00:00z", 1_709_208_000_000_000),
    ("2024-02-29T20:00:00+08:00", 1_709_208_000_000_000), ("2024-02-29T20:00:00+0800", 1_709_208_000_000_000),
    ("2024-02-29T04:30:00-07:30", 1_709_208_000_000_000), ("2024-02-29T20:00:00+08", 1_709_208_000_000_000),
    ("1970-01-01T00:00:00.5", 500_000), ("1970-01-01T00:00:00,1234569Z", 123_456), ("1969-12-31T23:59:59.999999Z", -1),
    ("2016-12-31T23:59:60Z", 1_483_228_800_000_000), ("0001-01-01", -62_135_596_800_000_000),
  ])
  func reads(_ text: String, _ microseconds: Int64) { #expect(Timestamp(iso8601: text)?.microseconds == microseconds) }

  @Test(arguments: [
    "", "2024", "2024-02", "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-01", "2024-01-00", "2024-04-31",
    "0000-01-01", "2024-1-1", "20240101",
    "2024-01-01T", "2024-01-01T24:00", "2024-01-01T12:60", "2024-01-01T12:00:61", "2024-01-01T12:00:00.",
    "2024-01-01T12:00:00+16:00", "2024-01-01T12:00:00+8",
    "2024-01-01T12:00:00ZZ", " 2024-01-01", "2024-01-01 ", "2024-01-01Z", "2024-01-01T12", "２０２４-01-01",
    "2024-01-01T12:00:00+08:", "-2024-01-01",
  ])
  func refuses(_ text: String) { #expect(Timestamp(iso8601: text) == nil) }

  @Test func writesWhatItReads() {
    var random = SeededGenerator(3)
    let formatter = ISO8601DateFormatter()
    for _ in 0..<3000 {
      let seconds = Int64(random.next() % 315_537_897_600) - 62_135_596_800
      let moment = Timestamp(microseconds: seconds * 1_000_000 + random.pick([0, 1, 1000, 999_999]))
      #expect(Timestamp(iso8601: moment.description) == moment)
      // From 1582 on, Foundation has the same calendar.
      if seconds > -12_000_000_000 {
        let whole = Timestamp(microseconds: seconds * 1_000_000)
        #expect(whole.description == formatter.string(from: Date(whole)))
        #expect(Timestamp(Date(whole)) == whole)
      }
    }
    for extreme in [Int64.min, .max] { #expect(!Timestamp(microseconds: extreme).description.isEmpty) }
  }
}
