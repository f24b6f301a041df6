// SPDX-License-Identifier: Apache-2.0

internal import CLibPQ

extension PGResult {
  /// Whether the value is NULL, or not there.
  package func isNull(_ row: Int, _ column: Int) -> Bool {
    !contains(row, column) || PQgetisnull(pointer, Int32(row), Int32(column)) != 0
  }

  /// Calls the body with the value's bytes, which are valid within it; nil for NULL.
  package func bytes<R>(_ row: Int, _ column: Int, _ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R? {
    guard !isNull(row, column) else { return nil }
    let count = Int(PQgetlength(pointer, Int32(row), Int32(column)))
    let start = PQgetvalue(pointer, Int32(row), Int32(column))
    return try body(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
  }

  /// The bytes as UTF-8: of text, varchar, name, json, xml, and "char"; of others it is their binary form.
  package func text(_ row: Int, _ column: Int) -> String? {
    bytes(row, column) { String(decoding: $0, as: UTF8.self) }
  }

  /// An int2, int4, int8 or oid.
  package func int(_ row: Int, _ column: Int) -> Int? {
    switch type(ofColumn: column) {
    case 21: integer(row, column, Int16.self).map(Int.init)
    case 23: integer(row, column, Int32.self).map(Int.init)
    case 26: integer(row, column, UInt32.self).map(Int.init)
    case 20: integer(row, column, Int64.self).map(Int.init)
    default: nil
    }
  }

  /// A float4 or float8.
  package func double(_ row: Int, _ column: Int) -> Double? {
    switch type(ofColumn: column) {
    case 700: integer(row, column, UInt32.self).map { Double(Float(bitPattern: $0)) }
    case 701: integer(row, column, UInt64.self).map { Double(bitPattern: $0) }
    default: nil
    }
  }

  /// A bool.
  package func bool(_ row: Int, _ column: Int) -> Bool? {
    guard type(ofColumn: column) == 16 else { return nil }
    return integer(row, column, UInt8.self).map { $0 != 0 }
  }

  private func integer<T: FixedWidthInteger>(_ row: Int, _ column: Int, _ type: T.Type) -> T? {
    bytes(row, column) { bytes -> T? in
      guard bytes.count == MemoryLayout<T>.size else { return nil }
      return T(bigEndian: bytes.loadUnaligned(as: T.self))
    } ?? nil
  }
}
