// SPDX-License-Identifier: Apache-2.0

import CLibPQ
import PostgresBackend

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One blocking connection, for tests of SQL that need no pool.
final class PlainConnection {
  struct Failure: Error, CustomStringConvertible { let description: String }

  /// The server of the tests.
  static func url() throws -> String {
    guard let text = getenv("VECTORSTORE_TEST_POSTGRES") else {
      throw Failure(description: "set VECTORSTORE_TEST_POSTGRES to the URL of a PostgreSQL server with pgvector")
    }
    return String(cString: text)
  }

  private let connection: OpaquePointer

  /// - Parameter database: another database of the server.
  init(database: String? = nil) throws {
    let url = try Self.url()
    let keywords = ["dbname", "dbname", "client_encoding"].prefix(database == nil ? 1 : 2) + ["client_encoding"]
    let values = [url] + (database.map { [$0] } ?? []) + ["UTF8"]
    let keys = keywords.map { strdup($0) } + [nil]
    let texts = values.map { strdup($0) } + [nil]
    defer { (keys + texts).forEach { free($0) } }
    // The URL first, so that the database, where there is one, goes before that of the URL.
    let opened = keys.map { UnsafePointer($0) }.withUnsafeBufferPointer { keys in
      texts.map { UnsafePointer($0) }.withUnsafeBufferPointer { PQconnectdbParams(keys.baseAddress, $0.baseAddress, 1) }
    }
    guard let opened, PQstatus(opened) == CONNECTION_OK else {
      let message = String(cString: PQerrorMessage(opened))
      PQfinish(opened)
      throw Failure(description: "no connection to VECTORSTORE_TEST_POSTGRES: \(message)")
    }
    connection = opened
    try run("SET client_min_messages = warning")
  }

  deinit { PQfinish(connection) }

  var serverVersion: Int { Int(PQserverVersion(connection)) }

  /// Runs statements without values.
  func run(_ sql: String) throws {
    let result = PQexec(connection, sql)
    defer { PQclear(result) }
    _ = try rows(of: result, sql)
  }

  /// The rows of a statement, each value as text or in binary form; nil is NULL.
  @discardableResult
  func rows(_ sql: SQLText, binary: Bool = false) throws -> [[[UInt8]?]] {
    let statement = sql.statement()
    let buffers = statement.parameters.map { parameter -> UnsafeMutablePointer<CChar>? in
      guard let bytes = parameter.bytes else { return nil }
      let buffer = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count + 1)
      for (place, byte) in bytes.enumerated() { buffer[place] = CChar(bitPattern: byte) }
      return buffer
    }
    defer { buffers.forEach { $0?.deallocate() } }
    let result = PQexecParams(
      connection, statement.text, Int32(buffers.count), statement.parameters.map { Oid($0.type) },
      buffers.map { UnsafePointer($0) }, statement.parameters.map { Int32($0.bytes?.count ?? 0) },
      statement.parameters.map { _ in 1 }, binary ? 1 : 0)
    defer { PQclear(result) }
    return try rows(of: result, statement.text)
  }

  /// The values of the first column as texts.
  func texts(_ sql: SQLText) throws -> [String?] {
    try rows(sql).map { $0[0].map { String(decoding: $0, as: UTF8.self) } }
  }

  private func rows(of result: OpaquePointer?, _ sql: String) throws -> [[[UInt8]?]] {
    let status = PQresultStatus(result)
    guard status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK else {
      throw Failure(description: String(cString: PQerrorMessage(connection)) + "in: \(sql.prefix(4_000))")
    }
    return (0..<PQntuples(result)).map { row in
      (0..<PQnfields(result)).map { column in
        guard PQgetisnull(result, row, column) == 0, let value = PQgetvalue(result, row, column) else { return nil }
        let bytes = UnsafeRawBufferPointer(start: value, count: Int(PQgetlength(result, row, column)))
        return Array(bytes)
      }
    }
  }

  /// Sends the bytes of `COPY … FROM STDIN`.
  func copy(_ sql: String, _ bytes: [UInt8]) throws {
    let started = PQexec(connection, sql)
    defer { PQclear(started) }
    guard PQresultStatus(started) == PGRES_COPY_IN else {
      throw Failure(description: String(cString: PQerrorMessage(connection)))
    }
    _ = bytes.withUnsafeBytes {
      PQputCopyData(connection, $0.baseAddress?.assumingMemoryBound(to: CChar.self), Int32($0.count))
    }
    PQputCopyEnd(connection, nil)
    let result = PQgetResult(connection)
    defer {
      PQclear(result)
      while let rest = PQgetResult(connection) { PQclear(rest) }
    }
    _ = try rows(of: result, sql)
  }
}
