// SPDX-License-Identifier: Apache-2.0

import Foundation
import LocalBackend
import VectorStoreCore

/// Writes until there is no room, sees that all is still right, and goes on when there is.
struct StarvedRole {
  let path: String
  /// `file`: no file may grow over a limit. `folder`: a file named `filler` in the store's folder takes up the room.
  let limit: String

  func run() async throws {
    let store = try await CrashChild.open(path)
    if limit == "file" { try limitFiles(to: 3 << 20) }
    var written: [String] = []
    var refusals = 0
    var number = 0
    while refusals < 5, number < 2_000 {
      let batch = batch(number)
      do {
        _ = try await store.write(batch, progress: nil)
        written += batch.upserts.map(\.id)
      } catch let error as VectorStoreError where error.code == .io {
        refusals += 1
      }
      number += 1
      try await check(store, written)
    }
    guard refusals == 5 else { throw VectorStoreError(.backend, "the disk was never full") }
    // Refused or not, neither may leave anything half done.
    _ = try? await store.compact(progress: nil)
    try? await store.rebuildIndex(concurrently: false, progress: nil)
    try await check(store, written)
    try makeRoom()
    for _ in 0..<20 {
      let batch = batch(number)
      _ = try await store.write(batch, progress: nil)
      written += batch.upserts.map(\.id)
      number += 1
    }
    try await check(store, written)
    _ = try await store.compact(progress: nil)
    try await verify(store)
    try await store.close()
    let again = try await CrashChild.open(path)
    try await check(again, written)
    try await verify(again)
    try await again.close()
    CrashChild.say("done \(written.count) after \(refusals) refusals")
  }

  private func batch(_ number: Int) -> WriteBatch {
    var random = ScriptRandom(UInt64(number))
    var batch = WriteBatch()
    batch.upserts = (0..<20).map { row in
      Record(
        id: "id-\(number)-\(row)", content: (0..<100).map { _ in "w\(random.below(100_000))" }.joined(separator: " "),
        vector: (0..<CrashScript.dimension).map { _ in Float(random.below(1_000)) })
    }
    return batch
  }

  private func check(_ store: LocalBackend, _ written: [String]) async throws {
    guard try await store.count(filter: nil) == written.count else {
      throw VectorStoreError(.backend, "\(written.count) documents were acknowledged, others are there")
    }
    let found = try await store.candidates(
      CandidateRequest(nearest: .init(vector: [Float](repeating: 1, count: CrashScript.dimension), count: 10)))
    guard found.nearest.count == min(10, written.count) else {
      throw VectorStoreError(.backend, "a search found \(found.nearest.count) documents")
    }
  }

  private func verify(_ store: LocalBackend) async throws {
    let report = try await store.verify(progress: nil)
    guard report.isClean else { throw VectorStoreError(.corrupt, "\(report.checks.filter { $0.problem != nil })") }
  }

  private func limitFiles(to bytes: UInt) throws {
    // The default of the signal ends the process; ignored, the write fails.
    signal(SIGXFSZ, SIG_IGN)
    try setLimit(rlim_t(bytes))
  }

  private func makeRoom() throws {
    if limit == "file" { return try setLimit(rlim_t.max) }
    let folder = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
    guard unlink("\(folder)/filler") == 0 else { throw VectorStoreError(.io, "there is no filler") }
  }

  /// The soft limit, which may go up again to the hard one.
  private func setLimit(_ bytes: rlim_t) throws {
    #if canImport(Glibc)
      let resource = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
    #else
      let resource = RLIMIT_FSIZE
    #endif
    var limit = rlimit()
    guard getrlimit(resource, &limit) == 0 else { throw VectorStoreError(.io, "getrlimit") }
    limit.rlim_cur = min(bytes, limit.rlim_max)
    guard setrlimit(resource, &limit) == 0 else { throw VectorStoreError(.io, "setrlimit") }
  }
}
