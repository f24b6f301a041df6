// SPDX-License-Identifier: Apache-2.0

import PostgresBackend

extension PGConnection {
  /// Gives a setting another value until the transaction ends.
  func set(_ name: String, _ value: String) async throws {
    let sql: SQLText = "SELECT pg_catalog.set_config(\(bind: .text(name)), \(bind: .text(value)), true)"
    _ = try await execute(sql.statement())
  }

  /// The values of the settings that there are.
  func settings(_ names: [String]) async throws -> [String: String] {
    let sql: SQLText = "SELECT pg_catalog.current_setting(name, true) FROM unnest(\(bind: .texts(names))) AS t(name)"
    let result = try await execute(sql.statement(isPrepared: false))
    var values: [String: String] = [:]
    for (row, name) in names.enumerated() { values[name] = result.text(row, 0) }
    return values
  }
}
