// SPDX-License-Identifier: Apache-2.0

/// Little-endian Float32 numbers in base64 (RFC 4648), as OpenAI writes vectors.
enum Base64Floats {
  private static let values: [UInt8] = {
    var values = Array(repeating: UInt8.max, count: 256)
    for (value, byte) in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8.enumerated() {
      values[Int(byte)] = UInt8(value)
    }
    return values
  }()

  /// The numbers; nil for what is no base64, and for bytes that are no whole numbers.
  static func decode(_ text: ArraySlice<UInt8>) -> [Float]? {
    var text = text
    var padding = 0
    while text.last == UInt8(ascii: "="), padding < 2 {
      text.removeLast()
      padding += 1
    }
    let count = text.count * 6 / 8
    guard text.count % 4 != 1, count % 4 == 0, padding == 0 || (text.count + padding) % 4 == 0 else { return nil }
    var numbers: [Float] = []
    numbers.reserveCapacity(count / 4)
    let values = values
    var (bits, length, pattern, bytes): (UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0)
    for byte in text {
      let value = values[Int(byte)]
      guard value != .max else { return nil }
      bits = bits << 6 | UInt32(value)
      length += 6
      guard length >= 8 else { continue }
      length -= 8
      pattern |= (bits >> length & 0xFF) << (8 * bytes)
      bytes += 1
      if bytes == 4 {
        numbers.append(Float(bitPattern: pattern))
        (pattern, bytes) = (0, 0)
      }
    }
    return numbers
  }
}
