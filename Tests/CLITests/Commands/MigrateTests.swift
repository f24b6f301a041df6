// SPDX-License-Identifier: Apache-2.0

import Foundation
import PostgresBackend
import Testing
import VectorStoreCore

@Suite("collections of LangChain's older PGVector are copied")
struct MigrateTests {
  @Test("a misspelt name makes no table, and rows without an embedding are counted")
  func migration() async throws {
    let database = "cli_migrate_\(UInt64.random(in: .min ... .max))"
    let server = try PGEngine(try Self.url(database: nil))
    try await Self.run(["CREATE DATABASE \(try SQLIdentifier(database))"], server)
    let result: Result<Void, any Error>
    do {
      result = .success(try await migrate(try Self.url(database: database)))
    } catch {
      result = .failure(error)
    }
    try await Self.run(["DROP DATABASE \(try SQLIdentifier(database)) WITH (FORCE)"], server)
    await server.close()
    try result.get()
  }

  private func migrate(_ url: String) async throws {
    let engine = try PGEngine(url)
    try await Self.run(
      [
        "CREATE EXTENSION vector",
        "CREATE TABLE langchain_pg_collection (uuid uuid PRIMARY KEY, name varchar UNIQUE NOT NULL, cmetadata json)",
        """
        CREATE TABLE langchain_pg_embedding (id varchar PRIMARY KEY, collection_id uuid, embedding vector, document varchar,
        cmetadata jsonb)
        """,
        "INSERT INTO langchain_pg_collection VALUES ('00000000-0000-0000-0000-000000000001', 'notes', NULL)",
        """
        INSERT INTO langchain_pg_embedding SELECT 'id ' || n, '00000000-0000-0000-0000-000000000001',
        CASE WHEN n > 2 THEN '[1,2]'::vector END, 'text ' || n, NULL FROM generate_series(1, 7) n
        """,
      ], engine)
    await engine.close()
    let folder = try TemporaryFolder()
    let target = ["--store", url, "--table", "target"]
    let missing = try BuiltCommand.run(["migrate", "--collection", "nots"] + target, in: folder)
    #expect(missing.status == 1 && missing.errors.contains("'notes'"), "\(missing.errors)")
    let none = try BuiltCommand.run(["count"] + target, in: folder)
    #expect(none.status == 1 && none.errors.contains("there is no table"), "\(none.errors)")
    let copied = try BuiltCommand.run(["migrate", "--collection", "notes"] + target, in: folder)
    #expect(copied.status == 0 && copied.output == "copied  5\n", "\(copied.errors)")
    #expect(copied.errors.contains("2 without an embedding were passed over"))
    let again = try BuiltCommand.run(["migrate", "--collection", "notes", "--json"] + target, in: folder)
    #expect(again.output == "{\"copied\":5,\"passed_over\":2}\n" && again.errors.isEmpty)
  }

  private static func run(_ statements: [SQLText], _ engine: PGEngine) async throws {
    for sql in statements {
      _ = try await engine.withConnection { try await $0.execute(sql.statement(isPrepared: false)) }
    }
  }

  /// The server of the tests, with another database where one is named.
  private static func url(database: String?) throws -> String {
    let text = try #require(ProcessInfo.processInfo.environment["VECTORSTORE_TEST_POSTGRES"])
    guard let database else { return text }
    var url = try #require(URLComponents(string: text))
    url.path = "/\(database)"
    return try #require(url.string)
  }
}
