// SPDX-License-Identifier: Apache-2.0

import GRDB
import GRDBSQLite
import VectorStoreCore

/// A row that a statement is at: read in place, without GRDB's `Row`, which costs more than the look-up of a document. Good
/// until the statement goes on.
///
/// Columns are those that the statement's SQL names; a value of another type than is asked for, which a damaged or doctored
/// database can hold, is an error.
struct StatementRow {
  fileprivate let statement: OpaquePointer

  func integer(_ column: Int) throws -> Int64 {
    guard sqlite3_column_type(statement, Int32(column)) == SQLITE_INTEGER else {
      throw unexpected(column, "an integer")
    }
    return sqlite3_column_int64(statement, Int32(column))
  }

  func real(_ column: Int) throws -> Double {
    let type = sqlite3_column_type(statement, Int32(column))
    guard type == SQLITE_FLOAT || type == SQLITE_INTEGER else { throw unexpected(column, "a number") }
    return sqlite3_column_double(statement, Int32(column))
  }

  func text(_ column: Int) throws -> String {
    guard sqlite3_column_type(statement, Int32(column)) == SQLITE_TEXT else { throw unexpected(column, "a text") }
    return String(decoding: bytes(column), as: UTF8.self)
  }

  /// The bytes of a TEXT or a BLOB, none for NULL.
  func bytes(_ column: Int) -> UnsafeRawBufferPointer {
    // In this order: the text first, then the length of it.
    guard let start = sqlite3_column_blob(statement, Int32(column)) else {
      return UnsafeRawBufferPointer(start: nil, count: 0)
    }
    return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, Int32(column))))
  }

  private func unexpected(_ column: Int, _ kind: String) -> VectorStoreError {
    let name = sqlite3_column_name(statement, Int32(column)).map { String(cString: $0) } ?? String(column)
    return VectorStoreError(
      .corrupt, "the database holds something other than \(kind) in \(name); run 'verify', restore a backup",
      context: [.tableColumn: name])
  }
}

extension Statement {
  /// What `body` makes of the first row of a query about a key; nil where there is none.
  func first<Result>(key: Int64, _ body: (StatementRow) throws -> Result) throws -> Result? {
    sqlite3_reset(sqliteStatement)
    sqlite3_bind_int64(sqliteStatement, 1, key)
    defer { sqlite3_reset(sqliteStatement) }
    return try step() ? body(StatementRow(statement: sqliteStatement)) : nil
  }

  /// Calls `body` with each row of a query of no argument or one number, until it returns false.
  func forEachRow(_ argument: Int64? = nil, _ body: (StatementRow) throws -> Bool) throws {
    sqlite3_reset(sqliteStatement)
    if let argument { sqlite3_bind_int64(sqliteStatement, 1, argument) }
    defer { sqlite3_reset(sqliteStatement) }
    while try step(), try body(StatementRow(statement: sqliteStatement)) {}
  }

  /// Runs a statement without arguments and rows.
  func run() throws {
    sqlite3_reset(sqliteStatement)
    defer { sqlite3_reset(sqliteStatement) }
    while try step() {}
  }

  private func step() throws -> Bool {
    let code = sqlite3_step(sqliteStatement)
    if code == SQLITE_ROW { return true }
    if code == SQLITE_DONE { return false }
    let message = sqlite3_db_handle(sqliteStatement).flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) }
    throw DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
  }
}
