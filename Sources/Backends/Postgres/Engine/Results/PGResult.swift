// SPDX-License-Identifier: Apache-2.0

internal import CLibPQ

/// The rows of one statement, in PostgreSQL's binary form, as libpq received them.
///
/// A row or column that is not there reads as NULL; a value of another type than was asked for, too.
package final class PGResult: @unchecked Sendable {
  // `@unchecked`: a result does not change once libpq has given it out, and reading it is all that is done (libpq's manual, 34.20).
  let pointer: OpaquePointer

  /// How many rows there are.
  package let rowCount: Int
  /// How many columns there are.
  package let columnCount: Int

  /// Takes the result over from libpq.
  init(_ pointer: OpaquePointer) {
    self.pointer = pointer
    rowCount = Int(PQntuples(pointer))
    columnCount = Int(PQnfields(pointer))
  }

  deinit { PQclear(pointer) }

  /// The names of the columns, in order.
  package var columnNames: [String] {
    (0..<columnCount).map { column in PQfname(pointer, Int32(column)).map { String(cString: $0) } ?? "" }
  }

  /// The rows that an INSERT, UPDATE, DELETE, COPY or SELECT touched; 0 for other statements.
  package var affectedRows: Int {
    PQcmdTuples(pointer).flatMap { Int(String(cString: $0)) } ?? 0
  }

  /// The statement as the server names it, such as "INSERT 0 3".
  package var commandTag: String { PQcmdStatus(pointer).map { String(cString: $0) } ?? "" }

  /// The OID of a column's type; 0 for a column that is not there.
  package func type(ofColumn column: Int) -> UInt32 {
    column >= 0 && column < columnCount ? PQftype(pointer, Int32(column)) : 0
  }

  /// The place of a column by its name; nil if there is none.
  package func column(named name: String) -> Int? { columnNames.firstIndex(of: name) }

  func contains(_ row: Int, _ column: Int) -> Bool {
    row >= 0 && row < rowCount && column >= 0 && column < columnCount
  }
}
