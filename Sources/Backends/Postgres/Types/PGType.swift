// SPDX-License-Identifier: Apache-2.0

/// The OIDs of PostgreSQL's own types, which are the same in every database (`pg_type.dat`). Those of pgvector's types are
/// not: they are looked up.
package enum PGType {
  package static let bool: UInt32 = 16
  package static let int8: UInt32 = 20
  package static let int4: UInt32 = 23
  package static let text: UInt32 = 25
  package static let json: UInt32 = 114
  package static let float4: UInt32 = 700
  package static let float8: UInt32 = 701
  package static let date: UInt32 = 1082
  package static let timestamp: UInt32 = 1114
  package static let timestamptz: UInt32 = 1184
  package static let bit: UInt32 = 1560
  package static let numeric: UInt32 = 1700
  package static let uuid: UInt32 = 2950
  package static let jsonb: UInt32 = 3802

  package static let boolArray: UInt32 = 1000
  package static let textArray: UInt32 = 1009
  package static let int8Array: UInt32 = 1016
  package static let float8Array: UInt32 = 1022
  package static let timestampArray: UInt32 = 1115
  package static let timestamptzArray: UInt32 = 1185
  package static let jsonArray: UInt32 = 199
  package static let numericArray: UInt32 = 1231
  package static let bitArray: UInt32 = 1561
  package static let uuidArray: UInt32 = 2951
  package static let jsonbArray: UInt32 = 3807
}
