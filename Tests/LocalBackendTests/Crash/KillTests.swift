// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Processes that are killed while they write. The long run is
///
///     scripts/test --kill 300
@Suite("Kills", .serialized)
struct KillTests {
  /// How many kills, of each kind.
  static let kills = ProcessInfo.processInfo.environment["VECTORSTORE_KILLS"].flatMap { Int($0) } ?? 16

  @Test func acknowledgedWritesSurviveOneProcess() async throws {
    try await run([[0, 1, 2]], kills: Self.kills, seed: 1)
  }

  @Test func acknowledgedWritesSurviveTwoProcesses() async throws {
    try await run([[0, 1], [2, 3]], kills: max(8, Self.kills / 3), seed: 2)
  }

  private func run(_ processes: [[Int]], kills: Int, seed: UInt64) async throws {
    let folder = try TemporaryFolder()
    var loop = KillLoop(path: folder.file("store.db"), seed: seed, processes: processes)
    for round in 0..<kills { try await loop.kill(round: round) }
    print(
      "\(kills) kills of \(processes.count) writing processes: \(loop.acknowledged) acknowledged steps, all there;"
        + " \(loop.unacknowledged) made and not acknowledged")
    #expect(loop.acknowledged > 0)
  }
}
