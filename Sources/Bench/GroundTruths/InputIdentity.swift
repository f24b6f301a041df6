// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What tells whether a file is the one that it was: its size, when it was last written, and its ends.
struct InputIdentity: Hashable, Sendable {
  let size: Int
  /// Nanoseconds since 1970.
  let written: Int64
  /// FNV-1a of its first and its last MiB.
  let ends: UInt64

  /// - Throws: ``VectorFileError`` where the file can't be read.
  init(path: String) throws {
    let reader = try FileReader(path: path)
    size = reader.size
    let attributes = try? FileManager.default.attributesOfItem(
      atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
    let date = attributes?[.modificationDate] as? Date
    written = date.map { Int64(($0.timeIntervalSince1970 * 1e9).rounded()) } ?? 0
    let piece = min(size, 1 << 20)
    let first = try reader.read(piece, as: "its beginning")
    try reader.seek(to: size - piece)
    let last = try reader.read(size - reader.offset, as: "its end")
    ends = (first + last).reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  init(size: Int, written: Int64, ends: UInt64) {
    self.size = size
    self.written = written
    self.ends = ends
  }
}
