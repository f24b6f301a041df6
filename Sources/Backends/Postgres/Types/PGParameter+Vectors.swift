// SPDX-License-Identifier: Apache-2.0

import VectorStoreCore

extension PGParameter {
  /// A vector. Its type is that of a cast in the statement, `$1::vector`, unless the OID of this database is given.
  ///
  /// - Throws: ``VectorStoreError/Code/invalidRow``, see ``VectorCodec/append(_:as:to:row:)``.
  package static func vector(_ vector: [Float], as type: VectorColumnType = .vector, oid: UInt32 = 0) throws
    -> PGParameter
  {
    PGParameter(type: type == .bit && oid == 0 ? PGType.bit : oid, bytes: try VectorCodec.encode(vector, as: type))
  }

  /// Vectors as one array, for `unnest($1::vector[])`; nil is NULL.
  ///
  /// - Parameter elementOID: the OID of the vectors' type in this database, which the form of an array holds.
  /// - Throws: ``VectorStoreError/Code/invalidRow`` with the place in the list as the row.
  package static func vectors(
    _ vectors: [[Float]?], as type: VectorColumnType = .vector, elementOID: UInt32
  ) throws -> PGParameter {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(vectors.reduce(20) { $0 + 4 + VectorCodec.byteEstimate($1?.count ?? 0, type) })
    PGArrayHeader(element: elementOID, count: vectors.count, hasNulls: vectors.contains { $0 == nil }).write(to: &bytes)
    for (row, vector) in vectors.enumerated() {
      try bytes.append(vectorField: vector, as: type, row: row)
    }
    return PGParameter(bytes: bytes)
  }
}

extension [UInt8] {
  /// A vector with its length in front; nil is NULL.
  mutating func append(vectorField vector: [Float]?, as type: VectorColumnType, row: Int?) throws {
    guard let vector else { return append(field: nil) }
    let start = count
    append(bigEndian: Int32(0))
    try VectorCodec.append(vector, as: type, to: &self, row: row)
    let length = Int32(clamping: count - start - 4)
    Swift.withUnsafeBytes(of: length.bigEndian) { replaceSubrange(start..<start + 4, with: $0) }
  }
}
