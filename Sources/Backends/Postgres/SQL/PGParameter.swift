// SPDX-License-Identifier: Apache-2.0

/// A value of a statement, in PostgreSQL's binary form.
package struct PGParameter: Sendable, Hashable {
  /// The OID of its type; 0 where the statement's own cast says it (`$1::vector`), as for types whose OID is another in
  /// each database.
  package var type: UInt32
  /// The value as the type's `…recv` function reads it; nil is NULL.
  package var bytes: [UInt8]?

  /// A value in the binary form of a type.
  package init(type: UInt32 = 0, bytes: [UInt8]?) {
    self.type = type
    self.bytes = bytes
  }
}
