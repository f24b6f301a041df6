// SPDX-License-Identifier: Apache-2.0

/// Reads the forms of ISO 8601 that ``Timestamp/init(iso8601:)`` lists.
struct ISO8601Reader {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Microseconds since 1970, nil for anything else.
  mutating func read() -> Int64? {
    guard let year = number(4), year >= 1, take("-"), let month = number(2), take("-"), let day = number(2),
      let date = CivilDate(year: year, month: month, day: day)
    else { return nil }
    let midnight = date.daysSince1970 * 86_400_000_000
    if isAtEnd { return midnight }
    guard take("T") || take("t") || take(" "), let time = readTime(), let offset = readOffset(), isAtEnd else {
      return nil
    }
    return midnight + time - offset
  }

  private mutating func readTime() -> Int64? {
    guard let hour = number(2), hour < 24, take(":"), let minute = number(2), minute < 60 else { return nil }
    var seconds = (hour * 60 + minute) * 60
    guard take(":") else { return seconds * 1_000_000 }
    guard let second = number(2), second <= 60 else { return nil }
    seconds += second
    guard take(".") || take(",") else { return seconds * 1_000_000 }
    var fraction: Int64 = 0
    var weight: Int64 = 100_000
    let start = position
    while let digit = digit() {
      fraction += digit * weight
      weight /= 10
    }
    return position > start ? seconds * 1_000_000 + fraction : nil
  }

  /// Microseconds that the zone is ahead of UTC.
  private mutating func readOffset() -> Int64? {
    if isAtEnd || take("Z") || take("z") { return 0 }
    let sign: Int64
    if take("+") { sign = 1 } else if take("-") { sign = -1 } else { return nil }
    guard let hour = number(2), hour < 16 else { return nil }
    var minute: Int64 = 0
    if !isAtEnd {
      _ = take(":")
      guard let value = number(2), value < 60 else { return nil }
      minute = value
    }
    return sign * (hour * 60 + minute) * 60_000_000
  }

  private var isAtEnd: Bool { position == bytes.count }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func digit() -> Int64? {
    guard position < bytes.count, (0x30...0x39).contains(bytes[position]) else { return nil }
    defer { position += 1 }
    return Int64(bytes[position] - 0x30)
  }

  private mutating func number(_ width: Int) -> Int64? {
    var value: Int64 = 0
    for _ in 0..<width {
      guard let digit = digit() else { return nil }
      value = value * 10 + digit
    }
    return value
  }
}
