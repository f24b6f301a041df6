// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What the system says of this process; nothing where it is not Linux.
enum ProcessFigures {
  /// Bytes of memory that are resident.
  static var residentBytes: Int? {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return nil }
    let fields = text.split(separator: " ")
    guard fields.count > 1, let pages = Int(fields[1]) else { return nil }
    return pages * sysconf(Int32(_SC_PAGESIZE))
  }

  /// Open files and sockets.
  static var openDescriptors: Int? {
    (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd"))?.count
  }

  /// How many files and sockets there may be.
  static var mostDescriptors: UInt64? {
    guard let text = try? String(contentsOfFile: "/proc/self/limits", encoding: .utf8) else { return nil }
    let line = text.split(separator: "\n").first { $0.hasPrefix("Max open files") }
    return line?.split(separator: " ").dropFirst(3).first.flatMap { UInt64($0) }
  }
}
