// SPDX-License-Identifier: Apache-2.0

import Foundation
import LocalBackend
import Testing

/// Files and folders that may only be read, seen by a user who is not root.
@Suite struct AccessTests {
  private func run(_ path: String) async throws -> [String] {
    // Root may do everything, so the process becomes nobody; another user may do what the permissions say.
    let user = getuid() == 0 ? "65534" : "0"
    return try await blocking {
      let child = try CrashProcess(["access", path, user])
      defer { child.wait() }
      return try child.rest()
    }
  }

  private func set(_ mode: Int, _ path: String) throws {
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
  }

  @Test func readOnlyFolder() async throws {
    var sample = try SampleStore()
    try await sample.fill(40)
    for name in try FileManager.default.contentsOfDirectory(atPath: sample.folder.path) {
      try set(0o444, sample.folder.file(name))
    }
    try set(0o555, sample.folder.path)
    defer { try? set(0o755, sample.folder.path) }
    let lines = try await run(sample.path)
    #expect(lines.count == 3 && lines[0] == "read 40 40" && lines[2] == "read 40 40", "\(lines)")
    #expect(lines.count == 3 && lines[1].hasPrefix("write readOnly"), "\(lines)")
  }

  @Test func unreadableFile() async throws {
    var sample = try SampleStore()
    try await sample.fill(40)
    try set(0o000, sample.path)
    try set(0o555, sample.folder.path)
    defer { try? set(0o755, sample.folder.path) }
    let lines = try await run(sample.path)
    #expect(lines.count == 3, "\(lines)")
    for line in lines { #expect(line.contains(" io: ") || line.contains(" readOnly: "), "\(line)") }
  }

  /// A process that may only read, while another writes and closes: it sees what was committed, or says that it cannot.
  @Test func readOnlyFolderOfAWriter() async throws {
    var sample = try SampleStore()
    try await sample.fill(40)
    let store = try await sample.open()
    try await sample.write(10, from: 40, to: store)
    try set(0o755, sample.folder.path)
    let during = try await run(sample.path)
    #expect(during.count == 3 && (during[0] == "read 50 50" || during[0].hasPrefix("read io")), "\(during)")
    try await store.close()
    let after = try await run(sample.path)
    #expect(after.first == "read 50 50", "\(after)")
  }
}
