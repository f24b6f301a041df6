// SPDX-License-Identifier: Apache-2.0

/// The Western encoding of Windows, which is Latin-1 but for 0x80…0x9F.
enum Windows1252 {
  /// The character of a byte; the control character where the encoding has none.
  static func scalar(_ byte: UInt8) -> Unicode.Scalar {
    guard (0x80...0x9F).contains(byte) else { return Unicode.Scalar(byte) }
    return special[Int(byte) - 0x80] ?? Unicode.Scalar(byte)
  }

  private static let special: [Unicode.Scalar?] = [
    "€", nil, "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", nil, "Ž", nil,
    nil, "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", nil, "ž", "Ÿ",
  ]
}
