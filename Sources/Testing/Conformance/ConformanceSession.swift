// SPDX-License-Identifier: Apache-2.0

import HNSW
import Synchronization
import VectorStoreCore

/// What a case works with: it makes stores, which are closed at the end of the case.
final class ConformanceSession: Sendable {
  let suite: BackendConformance
  private let opened = Mutex<[any VectorStoreBackend]>([])

  init(suite: BackendConformance) { self.suite = suite }

  /// An empty store of the suite's space, or of other options.
  func open(_ options: OpenOptions = OpenOptions(space: Sample.space())) async throws -> any VectorStoreBackend {
    let backend = try await suite.makeBackend(options)
    opened.withLock { $0.append(backend) }
    return backend
  }

  /// An empty store of another metric.
  func open(_ metric: Metric) async throws -> any VectorStoreBackend {
    try await open(OpenOptions(space: Sample.space(metric)))
  }

  /// A copy that a backup made.
  func openBackup(_ path: String, _ backups: BackendConformance.Backups) async throws -> any VectorStoreBackend {
    let backend = try await backups.open(path, OpenOptions(access: .existing, space: Sample.space()))
    opened.withLock { $0.append(backend) }
    return backend
  }

  func closeAll() async {
    let backends = opened.withLock { $0 }
    for backend in backends { try? await backend.close() }
  }
}
