// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// No room on the disk: what was acknowledged stays, the rest is refused, and it goes on when there is room.
@Suite struct DiskFullTests {
  @Test func limitOfAFile() async throws {
    let folder = try TemporaryFolder()
    try await expectDone(["starve", folder.file("store.db"), "file"])
  }

  /// A file system of a few megabytes, in a mount namespace of the process's own.
  @Test(.enabled(if: DiskFullTests.canMount)) func fullFileSystem() async throws {
    let folder = try TemporaryFolder()
    try await expectDone(
      ["starve", folder.file("store.db"), "folder"],
      wrapper: Self.wrapper(
        "mount -t tmpfs -o size=12m none '\(folder.path)' && head -c 8000000 /dev/zero >'\(folder.path)/filler'"))
  }

  private func expectDone(_ arguments: [String], wrapper: [String] = []) async throws {
    let lines = try await blocking {
      let child = try CrashProcess(arguments, wrapper: wrapper)
      defer { child.wait() }
      return try child.rest()
    }
    #expect(lines.count == 1 && lines[0].hasPrefix("done"), "\(lines)")
  }

  private static func wrapper(_ preparation: String) -> [String] {
    ["/usr/bin/env", "unshare", "-Urm", "sh", "-c", "\(preparation) && exec \"$0\" \"$@\""]
  }

  static let canMount: Bool = {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["unshare", "-Urm", "sh", "-c", "mount -t tmpfs -o size=1m none /mnt"]
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()
}
