// SPDX-License-Identifier: Apache-2.0

import LocalBackend
import VectorStoreCore

/// Runs scripts, one task each, for ever.
struct WriterRole {
  let path: String
  let seed: UInt64

  /// - Parameter starts: for each writer its number and the step to begin with.
  func run(_ starts: [[Int]]) async throws {
    let store = try await CrashChild.open(path)
    CrashChild.say("ready")
    try await withThrowingTaskGroup(of: Void.self) { group in
      for start in starts where start.count == 2 {
        group.addTask { try await run(writer: start[0], from: start[1], store) }
      }
      try await group.waitForAll()
    }
  }

  private func run(writer: Int, from first: Int, _ store: LocalBackend) async throws {
    let script = CrashScript(seed: seed, writer: writer)
    for number in first... {
      switch script.step(number) {
      case .write(let batch): _ = try await store.write(batch, progress: nil)
      case .compact: _ = try await store.compact(progress: nil)
      case .rebuildIndex: try await store.rebuildIndex(concurrently: false, progress: nil)
      }
      CrashChild.say("done \(writer) \(number)")
    }
  }
}
