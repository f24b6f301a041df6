// SPDX-License-Identifier: Apache-2.0

import PostgresBackend

/// What the server may use for building an index.
struct BuildSettings: Sendable {
  /// In MiB.
  let memory: Int
  let threads: Int

  /// Room for a graph of so many rows while it is built, where `memory` is not given: with less, pgvector builds many
  /// times slower.
  init(memory: Int?, threads: Int, rows: Int, dimension: Int, m: Int) {
    // A vector with its headers, its element, and the links of its layers, as pgvector 0.8 keeps them.
    let (bytes, overflows) = rows.multipliedReportingOverflow(by: 4 * dimension + 2 * m * 24 + 400)
    let needed = overflows ? Self.memoryLimit : min(bytes / (1 << 20) * 5 / 4 + 1, Self.memoryLimit)
    self.memory = memory ?? max(64, needed)
    self.threads = threads
  }

  /// In the transaction that is open.
  func apply(_ connection: PGConnection) async throws {
    try await connection.set("maintenance_work_mem", "\(memory)MB")
    try await connection.set("max_parallel_maintenance_workers", String(threads - 1))
    try await connection.set("statement_timeout", "0")
  }

  /// As the results state them.
  var description: [String: String] {
    [
      "build.maintenance_work_mem": "\(memory)MB", "build.max_parallel_maintenance_workers": String(threads - 1),
    ]
  }

  private static let memoryLimit = 4_096
}
