// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A vector as OpenAI's `base64` format has it: little-endian Float32.
enum VectorBase64 {
  static func encode(_ vector: [Float]) -> String {
    var data = Data(capacity: vector.count * 4)
    for number in vector {
      withUnsafeBytes(of: number.bitPattern.littleEndian) { data.append(contentsOf: $0) }
    }
    return data.base64EncodedString()
  }
}
