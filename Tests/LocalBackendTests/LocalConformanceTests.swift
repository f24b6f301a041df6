// SPDX-License-Identifier: Apache-2.0

import LocalBackend
import Synchronization
import Testing
import VectorStoreCore
import VectorStoreTesting

/// What every backend promises, of the embedded store in each of its forms.
@Suite struct LocalConformanceTests {
  enum Home: CaseIterable { case memory, file, fileWithoutIndex }

  @Test(arguments: Home.allCases) func keepsThePromises(_ home: Home) async throws {
    let folder = try TemporaryFolder()
    let names = Atomic(0)
    let name: @Sendable () -> String = { folder.file("\(names.wrappingAdd(1, ordering: .relaxed).newValue).db") }
    let backups = BackendConformance.Backups(makePath: name) { path, options in
      try await LocalBackend.open(StoreURL(path), options: options)
    }
    let suite = BackendConformance(backups: backups) { options in
      var options = options
      if home == .fileWithoutIndex { options.index = IndexSpecification(.exact) }
      return try await LocalBackend.open(StoreURL(home == .memory ? "memory:" : name()), options: options)
    }
    let report = await suite.run()
    #expect(report.isPassed, "\(report)")
  }

  /// Which PostgreSQL's `jsonb` does not keep, so that it is no promise of every backend.
  @Test func negativeZeroIsKept() async throws {
    let store = try await LocalBackend.open(
      StoreURL("memory:"), options: OpenOptions(space: EmbeddingSpace(model: "", dimension: 1)))
    var batch = WriteBatch()
    batch.upserts = [Record(id: "a", content: "", metadata: ["minus": -0.0], vector: [1])]
    _ = try await store.write(batch, progress: nil)
    #expect(try await store.get(ids: ["a"], includingVectors: false).first?.metadata == ["minus": -0.0])
    try await store.close()
  }
}
