// SPDX-License-Identifier: Apache-2.0

/// The vectors that the double makes: words, by their hashes, of norm 1. Texts that share words are near each other.
package enum TextVector {
  package static func make(_ text: String, dimension: Int) -> [Float] {
    var vector = Array(repeating: Float(0), count: dimension)
    let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
    for word in words {
      // FNV-1a
      let hash = word.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
      vector[Int((hash >> 32) % UInt64(dimension))] += hash & 1 == 0 ? 1 : -1
    }
    if vector.allSatisfy({ $0 == 0 }) { vector[0] = 1 }
    let norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return vector.map { $0 / norm }
  }

  package static func base64(_ vector: [Float]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    let bytes = vector.flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * $0)) } }
    var text = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let part = Array(bytes[start..<min(start + 3, bytes.count)])
      let bits = (0..<3).reduce(0) { $0 << 8 | ($1 < part.count ? Int(part[$1]) : 0) }
      for place in 0..<4 {
        text.append(place <= part.count ? alphabet[bits >> (18 - 6 * place) & 63] : "=")
      }
    }
    return text
  }
}
