// SPDX-License-Identifier: Apache-2.0

import Foundation

#if canImport(Darwin)
  import Darwin
#endif

/// How much of this process lies in memory, in bytes.
struct ResidentMemory {
  /// All of it.
  let total: Int
  /// What no file backs; `nil` where the system doesn't say.
  let anonymous: Int?
  /// What is mapped from files; `nil` where the system doesn't say.
  let file: Int?

  /// As it is now.
  ///
  /// - Throws: ``BenchError`` where the system doesn't say.
  static func now() throws -> ResidentMemory {
    #if canImport(Darwin)
      return try fromMach()
    #else
      return try fromProc()
    #endif
  }

  #if canImport(Darwin)
    private static func fromMach() throws -> ResidentMemory {
      var info = mach_task_basic_info()
      var count = mach_msg_type_number_t(MemoryLayout<mach_task_basic_info>.size / MemoryLayout<natural_t>.size)
      let status = withUnsafeMutablePointer(to: &info) { pointer in
        pointer.withMemoryRebound(to: integer_t.self, capacity: Int(count)) {
          task_info(mach_task_self_, task_flavor_t(MACH_TASK_BASIC_INFO), $0, &count)
        }
      }
      guard status == KERN_SUCCESS else { throw BenchError("the system doesn't tell the resident memory") }
      return ResidentMemory(total: Int(info.resident_size), anonymous: nil, file: nil)
    }
  #else
    private static func fromProc() throws -> ResidentMemory {
      let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
      var kibibytes: [Substring: Int] = [:]
      for line in status.split(separator: "\n") {
        let words = line.split(whereSeparator: { $0 == ":" || $0.isWhitespace })
        if words.count == 3, words[2] == "kB" {
          kibibytes[words[0]] = Int(words[1])
        }
      }
      guard let total = kibibytes["VmRSS"] else {
        throw BenchError("/proc/self/status doesn't tell the resident memory")
      }
      return ResidentMemory(
        total: total * 1024,
        anonymous: kibibytes["RssAnon"].map { $0 * 1024 },
        file: kibibytes["RssFile"].map { $0 * 1024 })
    }
  #endif
}
