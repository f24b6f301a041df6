// SPDX-License-Identifier: Apache-2.0

import Foundation
import LocalBackend
import VectorStoreCore

/// Uses private stores, closed and not closed.
struct MemoryRole {
  let folder: String

  func run() async throws {
    setenv("TMPDIR", folder, 1)
    let store = try await filled()
    try say("used")
    try await store.close()
    try say("closed")
    try await use()
    for _ in 0..<200 where try count() > 0 { try await Task.sleep(for: .milliseconds(10)) }
    try say("left")
  }

  /// Lets go of a store without closing it.
  private func use() async throws {
    let store = try await filled()
    try say("used")
    _ = try await store.count(filter: nil)
  }

  private func filled() async throws -> LocalBackend {
    let store = try await CrashChild.open("memory:")
    _ = try await store.write(GenerationRole.batch(0, count: 600), progress: nil)
    _ = try await GenerationRole.look(store, count: 600, kind: 1)
    return store
  }

  private func count() throws -> Int { try FileManager.default.contentsOfDirectory(atPath: folder).count }

  private func say(_ word: String) throws { CrashChild.say("\(word) \(try count())") }
}
