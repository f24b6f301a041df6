// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What the numbers were measured on, without anything that names the machine.
struct Machine: Encodable {
  let cpu: String
  let arch: String
  let cores: Int
  /// Those of the instruction sets that matter here which the processor has, by their names in `/proc/cpuinfo`.
  let simd: [String]
  let memoryBytes: UInt64
  let system: String

  /// This machine.
  static let current = Machine(
    cpu: cpuInfo("model name") ?? "unknown",
    arch: architecture,
    cores: ProcessInfo.processInfo.activeProcessorCount,
    simd: simdNames,
    memoryBytes: ProcessInfo.processInfo.physicalMemory,
    system: ProcessInfo.processInfo.operatingSystemVersionString)

  private static var architecture: String {
    #if arch(x86_64)
      "x86_64"
    #elseif arch(arm64)
      "arm64"
    #else
      "unknown"
    #endif
  }

  private static var simdNames: [String] {
    let flags = Set((cpuInfo("flags") ?? "").split(separator: " "))
    return ["avx2", "fma", "avx512f", "avx512_vnni", "avx_vnni"].filter { flags.contains(Substring($0)) }
  }

  private static func cpuInfo(_ field: String) -> String? {
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    for line in text.split(separator: "\n") where line.hasPrefix(field) {
      if let colon = line.firstIndex(of: ":") {
        return line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      }
    }
    return nil
  }

  private enum CodingKeys: String, CodingKey {
    case cpu, arch, cores, simd
    case memoryBytes = "memory_bytes"
    case system
  }
}
