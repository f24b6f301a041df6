// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Processes that use one store at a time.
@Suite struct ProcessesTests {
  /// A reader beside a writer sees one moment after the other, as it is committed.
  @Test func aReaderDuringIngest() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("store.db")
    let seen = try await blocking { () -> [Int] in
      let writer = try CrashProcess(["generations", path, "50"])
      guard try writer.line() == "ready" else { return [] }
      let readers = try (0..<2).map { _ in try CrashProcess(["watch", path, "50"]) }
      usleep(1_500_000)
      writer.kill()
      usleep(100_000)
      for reader in readers { reader.kill() }
      let lines = try readers.map { reader in
        defer { reader.wait() }
        return try reader.rest()
      }
      writer.wait()
      for list in lines {
        let others = list.filter { $0 != "ready" && !$0.hasPrefix("seen ") }
        if !others.isEmpty { throw KillLoop.Lost(description: "\(others)") }
        let generations = list.compactMap { Int($0.dropFirst(5)) }
        if generations != generations.sorted() { throw KillLoop.Lost(description: "back in time") }
      }
      return lines.map { Set($0).count }
    }
    // Several generations each.
    #expect(seen.count == 2 && seen.allSatisfy { $0 > 3 }, "\(seen)")
  }

  /// Two processes that write all the time get their turns.
  @Test func writersTakeTurns() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("store.db")
    let counts = try await blocking { () -> [Int] in
      let writers = try (0..<2).map { try CrashProcess(["write", path, "5", "\($0):0"]) }
      usleep(1_500_000)
      for writer in writers { writer.kill() }
      return try writers.map { writer in
        defer { writer.wait() }
        let lines = try writer.rest()
        let others = lines.filter { $0 != "ready" && !$0.hasPrefix("done ") }
        if !others.isEmpty { throw KillLoop.Lost(description: "\(others)") }
        return lines.count
      }
    }
    #expect(counts.allSatisfy { $0 > 5 }, "\(counts)")
  }
}
