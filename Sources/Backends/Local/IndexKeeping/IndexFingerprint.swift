// SPDX-License-Identifier: Apache-2.0

import HNSW

/// Tells one index file from another: its length, and the hash of its first page, which holds the hash of its checksums.
enum IndexFingerprint {
  private static let headBytes = 16_384

  /// The fingerprint of a file; nil where it cannot be read.
  static func of(_ path: String) -> [UInt8]? {
    guard let head = FileStatus.head(path, count: headBytes), !head.isEmpty else { return nil }
    let hash = head.withUnsafeBytes { bytes in bytes.baseAddress.map { XXH64.hash($0, count: bytes.count) } ?? 0 }
    let numbers = [hash, UInt64(FileStatus.size(path))]
    return numbers.flatMap { number in (0..<8).map { UInt8(truncatingIfNeeded: number >> UInt64($0 * 8)) } }
  }
}
