// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The machine as a results file states it. Runners in other languages tell more or less of it.
package struct MachineFacts: Codable, Hashable, Sendable {
  package var cpu: String
  package var arch: String?
  package var cores: Int?
  package var simd: [String]?
  package var memoryBytes: UInt64?
  package var system: String?

  /// This machine.
  static func current() throws -> MachineFacts {
    try JSONDecoder().decode(MachineFacts.self, from: JSONEncoder().encode(Machine.current))
  }

  private enum CodingKeys: String, CodingKey {
    case cpu, arch, cores, simd
    case memoryBytes = "memory_bytes"
    case system
  }
}
