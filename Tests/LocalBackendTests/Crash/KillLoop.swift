// SPDX-License-Identifier: Apache-2.0

import Foundation
import HNSW
import LocalBackend
import StoreCrash
import Testing
import VectorStoreCore
import VectorStoreTesting

/// Kills processes that write to a store, again and again, and compares the store with what they had been told was done.
struct KillLoop {
  let path: String
  let seed: UInt64
  /// The writers of each process.
  let processes: [[Int]]
  private var next: [Int: Int] = [:]
  private var models: [Int: StoreModel] = [:]
  private var random: SeededGenerator
  /// Steps that were acknowledged.
  private(set) var acknowledged = 0
  /// Steps that were made and not acknowledged.
  private(set) var unacknowledged = 0

  struct Lost: Error, CustomStringConvertible { let description: String }

  init(path: String, seed: UInt64, processes: [[Int]]) {
    self.path = path
    self.seed = seed
    self.processes = processes
    random = SeededGenerator(seed)
    for writer in processes.joined() {
      next[writer] = 0
      models[writer] = StoreModel(metric: .l2)
    }
  }

  /// Starts the writers, kills them 5 to 80 ms after they are ready, and checks the store.
  mutating func kill(round: Int) async throws {
    let pauses = processes.map { _ in UInt32(5_000 + random.below(75_000)) }
    let (path, seed, processes, next) = (path, seed, processes, next)
    let lines = try await blocking {
      let children = try processes.map { writers in
        try CrashProcess(["write", path, String(seed)] + writers.map { "\($0):\(next[$0] ?? 0)" })
      }
      for (child, pause) in zip(children, pauses) {
        let line = try child.line()
        guard line == "ready" else { throw Lost(description: line ?? "it ended by itself") }
        usleep(pause / UInt32(processes.count))
        child.kill()
      }
      return try children.flatMap { child in
        defer { child.wait() }
        return try child.rest()
      }
    }
    for line in lines { try take(line) }
    // Now and then nobody puts the log into the database between two kills.
    try await check(access: round % 3 == 0 ? .readOnly : .existing)
  }

  private mutating func take(_ line: String) throws {
    let words = line.split(separator: " ")
    guard words.count == 3, words[0] == "done", let writer = Int(words[1]), let number = Int(words[2]),
      next[writer] == number
    else { throw Lost(description: line) }
    apply(number, writer)
    acknowledged += 1
  }

  private mutating func apply(_ number: Int, _ writer: Int) {
    if case .write(let batch) = CrashScript(seed: seed, writer: writer).step(number) { models[writer]?.apply(batch) }
    next[writer] = number + 1
  }

  private mutating func check(access: OpenOptions.Access) async throws {
    let store = try await LocalBackend.open(StoreURL(path), options: OpenOptions(access: access))
    let page = try await store.scroll(filter: nil, after: nil, limit: 100_000, includingVectors: true)
    for writer in processes.joined() {
      let prefix = CrashScript(seed: seed, writer: writer).prefix
      let rows = Dictionary(
        uniqueKeysWithValues: page.records.filter { $0.id.hasPrefix(prefix) }.map { ($0.id, $0) })
      if models[writer]?.records == rows { continue }
      // What was in flight when the process died may be there, whole.
      apply(next[writer] ?? 0, writer)
      unacknowledged += 1
      guard models[writer]?.records == rows else {
        throw Lost(description: "writer \(writer) has \(rows.count) documents, not those of step \(next[writer] ?? 0)")
      }
    }
    #expect(try await store.count(filter: nil) == page.records.count)
    let report = try await store.verify(progress: nil)
    #expect(report.isClean, "\(report.checks.filter { $0.problem != nil })")
    try await search(store)
    try await store.close()
  }

  private mutating func search(_ store: LocalBackend) async throws {
    let query = random.vector(CrashScript.dimension)
    let filter = Field("group") < 3
    for filter in [nil, filter] {
      let found = try await store.candidates(
        CandidateRequest(nearest: .init(vector: query, count: 10, isExact: true), filter: filter))
      let expected = try models.values.flatMap { try $0.nearestDistances(query, k: 10, filter: filter) }.sorted()
      #expect(found.nearest.map { Float($0.value) } == Array(expected.prefix(10)))
    }
  }
}
