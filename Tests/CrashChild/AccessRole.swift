// SPDX-License-Identifier: Apache-2.0

import Foundation
import LocalBackend
import VectorStoreCore

/// Opens a store as a user who may not do everything: root may.
struct AccessRole {
  let path: String
  let user: UInt32

  func run() async throws {
    if user != 0 {
      guard setgid(user) == 0, setuid(user) == 0 else { throw VectorStoreError(.io, "the user cannot be changed") }
    }
    CrashChild.say("read \(await outcome { try await read() })")
    CrashChild.say("write \(await outcome { try await write() })")
    CrashChild.say("read \(await outcome { try await read() })")
  }

  private func read() async throws -> String {
    let store = try await LocalBackend.open(StoreURL(path), options: OpenOptions(access: .readOnly))
    let found = try await store.candidates(
      CandidateRequest(nearest: .init(vector: [Float](repeating: 1, count: CrashScript.dimension), count: 1_000)))
    let count = try await store.count(filter: nil)
    try await store.close()
    return "\(count) \(found.nearest.count)"
  }

  private func write() async throws -> String {
    let store = try await LocalBackend.open(StoreURL(path), options: OpenOptions(access: .existing))
    var batch = WriteBatch()
    batch.deletedIDs = ["id-0"]
    let result = try await store.write(batch, progress: nil)
    try await store.close()
    return "\(result.deleted)"
  }

  private func outcome(_ body: () async throws -> String) async -> String {
    do {
      return try await body()
    } catch let error as VectorStoreError {
      return "\(error.code): \(error.message)"
    } catch {
      return "other: \(error)"
    }
  }
}
