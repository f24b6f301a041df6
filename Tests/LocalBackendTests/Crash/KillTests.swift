// SPDX-License-Identifier: Apache-2.0

import Foundation
import LocalBackend
import StoreCrash
import Testing
import VectorStoreCore

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

  /// Killed while the store compacts its index by itself, beside its writes, a process that reads, and that one's compactions.
  @Test func killedDuringACompaction() async throws {
    let folder = try TemporaryFolder()
    let (path, count) = (folder.file("store.db"), 1_500)
    var generations: [Int] = []
    for _ in 0..<max(3, Self.kills / 4) {
      let lines = try await blocking { () -> [String] in
        let writer = try CrashProcess(["churn", path, String(count)])
        var lines: [String] = []
        while let line = try writer.line(), lines.isEmpty || line != "compacting" { lines.append(line) }
        let reader = try CrashProcess(["watch", path, String(count)])
        for _ in 0..<3 { _ = try reader.line() }
        while let line = try writer.line(), line != "compacting" { lines.append(line) }
        writer.kill()
        lines += try writer.rest()
        reader.kill()
        let odd = try reader.rest().filter { !$0.hasPrefix("seen ") }
        if !odd.isEmpty { throw KillLoop.Lost(description: "\(odd)") }
        return lines
      }
      let last = lines.filter { $0 != "compacting" }.last
      let done = try #require(last.flatMap { $0.hasPrefix("done ") ? Int64($0.dropFirst(5)) : nil }, "\(lines)")
      let store = try await CrashChild.open(path, access: .existing)
      let seen = try await GenerationRole.look(store, count: count, kind: 0)
      #expect(seen.hits == count)
      #expect(seen.generations == [done] || seen.generations == [done + 3], "\(seen.generations) after \(done)")
      let report = try await store.verify(progress: nil)
      #expect(report.isClean, "\(report.checks.filter { $0.problem != nil })")
      try await store.close()
      generations.append(Int(done))
    }
    #expect(generations.contains { $0 > 0 })
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
