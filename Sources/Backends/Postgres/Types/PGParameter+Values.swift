// SPDX-License-Identifier: Apache-2.0

package import VectorStoreCore

extension PGParameter {
  /// A text. It must not hold NUL, which PostgreSQL's text cannot.
  package static func text(_ value: String) -> PGParameter { PGParameter(type: PGType.text, bytes: Array(value.utf8)) }
  package static func int4(_ value: Int32) -> PGParameter { PGParameter(type: PGType.int4, bytes: .bigEndian(value)) }
  package static func int8(_ value: Int64) -> PGParameter { PGParameter(type: PGType.int8, bytes: .bigEndian(value)) }
  package static func float8(_ value: Double) -> PGParameter {
    PGParameter(type: PGType.float8, bytes: .bigEndian(value.bitPattern))
  }
  package static func bool(_ value: Bool) -> PGParameter { PGParameter(type: PGType.bool, bytes: [value ? 1 : 0]) }
  package static func uuid(_ value: PGUUID) -> PGParameter { PGParameter(type: PGType.uuid, bytes: value.bytes) }
  /// A JSON text for a column of type json, kept as it is written.
  package static func json(_ text: String) -> PGParameter { PGParameter(type: PGType.json, bytes: Array(text.utf8)) }
  package static func jsonb(_ text: String) -> PGParameter { PGParameter(type: PGType.jsonb, bytes: jsonbBytes(text)) }
  package static func numeric(_ value: ExactDecimal) -> PGParameter {
    PGParameter(type: PGType.numeric, bytes: PGNumeric.bytes(value))
  }
  package static func timestamptz(_ moment: Timestamp) -> PGParameter {
    PGParameter(type: PGType.timestamptz, bytes: PGTimestamp.bytes(moment))
  }
  /// The moment's time of day in UTC.
  package static func timestamp(_ moment: Timestamp) -> PGParameter {
    PGParameter(type: PGType.timestamp, bytes: PGTimestamp.bytes(moment))
  }

  package static func texts(_ values: [String?]) -> PGParameter {
    array(PGType.textArray, of: PGType.text, values.map { $0.map { Array($0.utf8) } })
  }
  package static func int8s(_ values: [Int64]) -> PGParameter {
    array(PGType.int8Array, of: PGType.int8, values.map { .bigEndian($0) })
  }
  package static func float8s(_ values: [Double]) -> PGParameter {
    array(PGType.float8Array, of: PGType.float8, values.map { .bigEndian($0.bitPattern) })
  }
  package static func bools(_ values: [Bool]) -> PGParameter {
    array(PGType.boolArray, of: PGType.bool, values.map { [$0 ? 1 : 0] })
  }
  package static func uuids(_ values: [PGUUID]) -> PGParameter {
    array(PGType.uuidArray, of: PGType.uuid, values.map(\.bytes))
  }
  package static func jsons(_ texts: [String?]) -> PGParameter {
    array(PGType.jsonArray, of: PGType.json, texts.map { $0.map { Array($0.utf8) } })
  }
  package static func jsonbs(_ texts: [String?]) -> PGParameter {
    array(PGType.jsonbArray, of: PGType.jsonb, texts.map { $0.map(jsonbBytes) })
  }
  package static func numerics(_ values: [ExactDecimal]) -> PGParameter {
    array(PGType.numericArray, of: PGType.numeric, values.map(PGNumeric.bytes))
  }
  package static func timestamptzs(_ moments: [Timestamp]) -> PGParameter {
    array(PGType.timestamptzArray, of: PGType.timestamptz, moments.map(PGTimestamp.bytes))
  }
  package static func timestamps(_ moments: [Timestamp]) -> PGParameter {
    array(PGType.timestampArray, of: PGType.timestamp, moments.map(PGTimestamp.bytes))
  }

  /// A one-dimensional array from elements in their binary form.
  ///
  /// - Parameter type: the array's OID; 0 where a cast in the statement says it.
  package static func array(_ type: UInt32, of element: UInt32, _ elements: [[UInt8]?]) -> PGParameter {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(20 + elements.reduce(0) { $0 + 4 + ($1?.count ?? 0) })
    PGArrayHeader(element: element, count: elements.count, hasNulls: elements.contains { $0 == nil }).write(to: &bytes)
    for element in elements { bytes.append(field: element) }
    return PGParameter(type: type, bytes: bytes)
  }

  private static func jsonbBytes(_ text: String) -> [UInt8] { [1] + Array(text.utf8) }
}
