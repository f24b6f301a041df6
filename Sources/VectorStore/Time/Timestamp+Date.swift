// SPDX-License-Identifier: Apache-2.0

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

extension Timestamp {
  /// The microsecond that a `Date` is nearest to; the first or last one for a date beyond their range.
  public init(_ date: Date) {
    let microseconds = (date.timeIntervalSince1970 * 1_000_000).rounded()
    if microseconds.isNaN {
      self.init(microseconds: 0)
    } else {
      self.init(microseconds: Int64(exactly: microseconds) ?? (microseconds < 0 ? .min : .max))
    }
  }
}

extension Date {
  /// The moment as a `Date`, whose precision is about 0.1 µs in our time.
  public init(_ moment: Timestamp) {
    self.init(timeIntervalSince1970: Double(moment.microseconds) / 1_000_000)
  }
}
