// SPDX-License-Identifier: Apache-2.0

import PostgresBackend
import VectorStoreCore

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The PostgreSQL that the tests run against: `VECTORSTORE_TEST_POSTGRES` is its URL, of a user who may create databases.
enum TestServer {
  /// Why a test can't run.
  struct Missing: Error, CustomStringConvertible {
    let description: String
  }

  static func environment(_ name: String) -> String? {
    guard let value = getenv(name) else { return nil }
    return value[0] == 0 ? nil : String(cString: value)
  }

  /// The server's URL.
  static var url: String {
    get throws {
      guard let url = environment("VECTORSTORE_TEST_POSTGRES") else {
        throw Missing(
          description:
            "VECTORSTORE_TEST_POSTGRES is not set: it is the URL of a PostgreSQL with pgvector that the tests may use, "
            + "such as postgresql://postgres@127.0.0.1:5432/postgres; scripts/test starts one")
      }
      return url
    }
  }

  /// The server's URL with more parameters, such as `application_name=x`.
  static func url(_ parameters: String) throws -> String {
    let url = try url
    return url + (url.contains("?") ? "&" : "?") + parameters
  }

  /// Where the server listens for TCP.
  static func endpoint() async throws -> (host: String, port: Int) {
    let engine = try PGEngine(try url)
    let row = try await engine.withConnection { connection in
      try await connection.execute(
        PGStatement("SELECT host(inet_server_addr()), inet_server_port(), current_database()::text, current_user::text")
      )
    }
    await engine.close()
    guard let host = row.text(0, 0), let port = row.int(0, 1) else {
      throw Missing(description: "VECTORSTORE_TEST_POSTGRES must be reached by TCP, not by a socket of the file system")
    }
    return (host, port)
  }

  /// The server's URL by way of another port, such as a proxy's.
  static func url(host: String, port: Int, parameters: String = "") async throws -> String {
    let engine = try PGEngine(try url)
    let row = try await engine.withConnection { connection in
      try await connection.execute(PGStatement("SELECT current_database()::text, current_user::text"))
    }
    await engine.close()
    return "postgresql://\(row.text(0, 1) ?? "")@\(host):\(port)/\(row.text(0, 0) ?? "")"
      + (parameters.isEmpty ? "" : "?\(parameters)")
  }

  /// Runs the body with a new schema, and the URL by which it is the only one in the search path; drops it at the end. The
  /// extension `vector` is there, in a schema `public` that has to be named.
  static func withSchema<R>(_ body: (_ schema: String, _ url: String) async throws -> R) async throws -> R {
    let schema = try await freshSchema()
    do {
      let result = try await body(schema, try url("options=-c%20search_path%3D\(schema),public"))
      try await drop(schema)
      return result
    } catch {
      try? await drop(schema)
      throw error
    }
  }

  /// Makes a schema with a name of its own. Whoever makes it drops it: ``drop(_:)``.
  static func freshSchema() async throws -> String {
    let schema = "test_\(UInt64.random(in: .min ... .max))"
    try await run("CREATE SCHEMA \(schema)")
    return schema
  }

  /// Drops a schema and what is in it.
  static func drop(_ schema: String) async throws { try await run("DROP SCHEMA IF EXISTS \(schema) CASCADE") }

  /// Makes a database with a name of its own, and returns its URL. Whoever makes it drops it: ``dropDatabase(_:)``.
  static func freshDatabase() async throws -> (name: String, url: String) {
    let name = "test_\(UInt64.random(in: .min ... .max))"
    try await run("CREATE DATABASE \(name)")
    // The parameter counts more than the path.
    return (name, try url("dbname=\(name)"))
  }

  /// Drops a database, and ends its connections.
  static func dropDatabase(_ name: String) async throws {
    try await run("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
  }

  /// Runs a statement by a connection of its own.
  @discardableResult
  static func run(_ text: String, url: String? = nil) async throws -> PGResult {
    let engine = try PGEngine(try url ?? self.url)
    do {
      let result = try await engine.withConnection { try await $0.execute(PGStatement(text, isPrepared: false)) }
      await engine.close()
      return result
    } catch {
      await engine.close()
      throw error
    }
  }
}
