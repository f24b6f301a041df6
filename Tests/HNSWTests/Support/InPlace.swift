// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Changes to a file in place, which is what a library must survive and never does itself.
enum InPlace {
  static func truncate(_ path: String, to length: Int) throws {
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try file.truncate(atOffset: UInt64(length))
    try file.close()
  }

  static func put(_ byte: UInt8, at offset: Int, of path: String) throws { try put([byte], at: offset, of: path) }

  static func put(_ bytes: ArraySlice<UInt8>, at offset: Int, of path: String) throws {
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try file.seek(toOffset: UInt64(offset))
    try file.write(contentsOf: bytes)
    try file.close()
  }
}
